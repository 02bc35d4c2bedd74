"""The addresses of the open data."""

from django.urls import path

from knooppunt.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.index, name="index"),
    path("register.json", views.register, name="register"),
    path("dictionary.json", views.dictionary, name="dictionary"),
    path("openapi.json", views.openapi, name="openapi"),
    path("<slug:name>.csv", views.table_csv, name="csv"),
    path("<slug:name>.json", views.table_json, name="json"),
]
