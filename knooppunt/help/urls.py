"""The addresses of needs and offers, in Dutch."""

from django.urls import path

from knooppunt.help.views import brokering, notices, responding

app_name = "help"
ONE = "vraag-en-aanbod/<int:pk>/"
urlpatterns = [
    path("vraag-en-aanbod/", notices.board, name="board"),
    path("vraag-en-aanbod/nieuw/", notices.enter, name="enter"),
    path(ONE, notices.notice, name="notice"),
    path(ONE + "wijzig/", notices.change, name="change"),
    path(ONE + "reageer/", responding.respond, name="respond"),
    path(ONE + "klaar/", notices.close, name="close"),
    path(ONE + "breng-samen/<int:other>/", notices.introduce, name="introduce"),
    path("beheer/reacties/", responding.overview, name="responses"),
    path("beheer/reacties/<int:pk>/", responding.settle, name="settle_response"),
    path("beheer/makelaar/", brokering.desk, name="broker"),
    path("beheer/makelaar/<int:pk>/antwoord/", brokering.answered, name="answered"),
    path("gelukt/<str:token>/", brokering.outcome, name="outcome"),
]
