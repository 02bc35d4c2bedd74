"""The addresses of the pages that every site has."""

from django.urls import path

from knooppunt.core import views
from knooppunt.core.background import health

app_name = "core"
urlpatterns = [
    path("kleuren.css", views.colours, name="colours"),
    path("robots.txt", views.robots, name="robots"),
    path("gezond/", health.answer, name="health"),
    path("meer/", views.more, name="more"),
    path("stijl/", views.style, name="style"),
    path("nood/", views.emergency, name="emergency"),
    path("privacy/", views.privacy, name="privacy"),
]
