"""The addresses of the agenda, in Dutch."""

from django.urls import path

from knooppunt.agenda.list_kind import ACTIVITY_LISTS
from knooppunt.agenda.views import confirmation, editing, feeds, pages, paper, shares, subscriptions
from knooppunt.core.imports.views import ListPages

app_name = "agenda"
ONE = "agenda/<slug:slug>/"
urlpatterns = [
    path("agenda/", pages.agenda, name="agenda"),
    path("agenda/nieuw/", editing.enter, name="enter"),
    path("agenda/voorstel/", editing.propose, name="propose"),
    path("agenda/tekst/", pages.text, name="text"),
    path("agenda/scherm/", pages.screen, name="screen"),
    path("agenda/sluit-aan/", feeds.connect, name="connect"),
    path("agenda/inbed/", feeds.embed, name="embed"),
    path("agenda/inbed.svg", feeds.embed_picture, name="embed_picture"),
    path("agenda/nieuws.atom", feeds.News(), name="atom"),
    path("agenda/nieuws.rss", feeds.NewsRss(), name="rss"),
    path("agenda/klopt/<str:token>/", confirmation.confirm_link, name="confirm_link"),
    path("agenda/papier/", paper.papers, name="papers"),
    path("agenda/papier/<slug:sheet>.pdf", paper.sheet, name="sheet"),
    path("agenda.ics", feeds.feed, name="feed"),
    path("agenda/<slug:slug>.ics", feeds.activity_feed, name="activity_feed"),
    path("plekken/<slug:slug>.ics", feeds.place_feed, name="place_feed"),
    path(
        "initiatieven/<slug:slug>.ics",
        feeds.organisation_feed,
        {"role": "initiative"},
        name="initiative_feed",
    ),
    path(
        "netwerken/<slug:slug>.ics",
        feeds.organisation_feed,
        {"role": "network"},
        name="network_feed",
    ),
    path(
        "instellingen/<slug:slug>.ics",
        feeds.organisation_feed,
        {"role": "institution"},
        name="institution_feed",
    ),
    path("wijken/<slug:slug>.ics", feeds.area_feed, name="area_feed"),
    path("themas/<slug:slug>.ics", feeds.theme_feed, name="theme_feed"),
    path("cijfers/aandeel/", shares.shares, name="shares"),
    path("cijfers/aandeel.csv", shares.shares_csv, name="shares_csv"),
    path("cijfers/aandeel.svg", shares.shares_picture, name="shares_picture"),
    path("beheer/kalenders/", subscriptions.feeds, name="feeds"),
    path("beheer/kalenders/<int:pk>/stop/", subscriptions.stop, name="stop_feed"),
    path("beheer/kalenders/<int:pk>/lees/", subscriptions.read_now, name="read_feed"),
    *ListPages(ACTIVITY_LISTS).addresses("beheer/agenda-inlezen/"),
    path(ONE, pages.activity, name="activity"),
    path(ONE + "poster.pdf", paper.poster, name="poster"),
    path(ONE + "wijzig/", editing.change, name="change"),
    path(ONE + "neem-over/", editing.copy, name="copy"),
    path(ONE + "staat/", editing.show, name="show"),
    path(ONE + "bevestig/", confirmation.confirm, name="confirm"),
    path(ONE + "gestopt/", confirmation.end, name="end"),
    path(ONE + "keer/<int:pk>/", confirmation.one_time, name="one_time"),
    path(ONE + "bezwaar/<int:pk>/", confirmation.objection, name="objection"),
]
