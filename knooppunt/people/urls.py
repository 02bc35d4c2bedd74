"""The addresses around log-in."""

from django.urls import path

from knooppunt.people import views

app_name = "people"
urlpatterns = [
    path("proberen/", views.trying, name="trying"),
    path("proberen/<int:pk>/", views.try_as, name="try_as"),
    path("tweede-sleutel/", views.second_factor, name="second_factor"),
    path("postvak/", views.mailbox, name="mailbox"),
]
