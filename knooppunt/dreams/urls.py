"""The addresses of dreams, in Dutch."""

from django.urls import path

from knooppunt.dreams import plan_urls
from knooppunt.dreams.views import answering, helping, papers, reading, saying, tables, wall

app_name = "dreams"
DREAM = "dromen/<int:pk>/"
DESK = "beheer/dromen/"
urlpatterns = [
    *plan_urls.urlpatterns,
    path("dromen/", wall.wall, name="wall"),
    path("dromen/nieuw/", saying.say, name="say"),
    path("dromen/scherm/", wall.screen, name="screen"),
    path("dromen/poster.pdf", papers.poster, name="poster"),
    path("dromen/kaartje.pdf", papers.card, name="card"),
    path("dromen/ja/<str:token>/", saying.confirm, name="confirm"),
    path("dromen/stop/<str:token>/", saying.stop, name="stop"),
    path("dromen/code/<str:code>/", saying.status, name="status"),
    path("dromen/code/<str:code>/weg/", saying.take_back, name="take_back"),
    path(DREAM, wall.dream, name="dream"),
    path(DREAM + "foto.jpg", wall.photo, name="photo"),
    path(DREAM + "doe-mee/", helping.join, name="join"),
    path(DREAM + "doe-mee/namens/", helping.join_for, name="join_for"),
    path(DREAM + "doe-mee/namens/<int:participant>/weg/", helping.leave, name="leave"),
    path(DESK, reading.desk, name="desk"),
    path(DESK + "brieven/", answering.letters, name="letters"),
    path(DESK + "tafel/", tables.open_table, name="open_table"),
    path(DESK + "tafel/<int:pk>/", tables.table, name="table"),
    path(DESK + "tafel/<int:pk>/foto.jpg", tables.photo, name="table_photo"),
    path(DESK + "tafel/<int:pk>/klaar/", tables.close, name="close_table"),
    path(DESK + "<int:pk>/", reading.read, name="read"),
    path(DESK + "<int:pk>/op-de-muur/", reading.publish, name="publish"),
    path(DESK + "<int:pk>/opzij/", reading.lay_aside, name="lay_aside"),
    path(DESK + "<int:pk>/wijzig/", reading.change, name="change"),
    path(DESK + "<int:pk>/wis/", reading.erase, name="erase"),
    path(DESK + "<int:pk>/antwoord/", answering.answer, name="answer"),
    path(DESK + "<int:pk>/antwoord/<int:reply>/terug/", answering.take_back, name="untell"),
]
