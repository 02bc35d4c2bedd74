"""The addresses of the map, in Dutch."""

from django.urls import path

from knooppunt.atlas import views

app_name = "atlas"
urlpatterns = [
    path("kaart/", views.show, name="map"),
    path("kaart/wijken.json", views.ground, name="ground"),
    path("kaart/vak/<int:zoom>/<int:x>/<int:y>.json", views.tile, name="tile"),
]
