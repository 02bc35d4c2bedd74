"""The addresses of finding, in Dutch."""

from django.urls import path

from knooppunt.find.views import search, words

app_name = "find"
urlpatterns = [
    path("vind/", search.find, name="find"),
    path("beheer/woorden/", words.words, name="words"),
    path("beheer/woorden/<int:pk>/weg/", words.remove, name="remove_word"),
]
