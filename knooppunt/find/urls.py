"""The addresses of finding, in Dutch."""

from django.urls import path

from knooppunt.find.views import saved, search, words

app_name = "find"
urlpatterns = [
    path("vind/", search.find, name="find"),
    path("vind/mail/", saved.ask, name="save"),
    path("vind/mail/<str:token>/", saved.one, name="saved"),
    path("vind/mail/<str:token>/stop/", saved.stop, name="saved_stop"),
    path("beheer/woorden/", words.words, name="words"),
    path("beheer/woorden/<int:pk>/weg/", words.remove, name="remove_word"),
]
