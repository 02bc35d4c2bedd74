"""The addresses of deciding together, in Dutch."""

from django.urls import path

from knooppunt.decisions.views import bodies, mandates, meetings, outcomes, proposals, voting

app_name = "decisions"
MEETING, PROPOSAL, BODY, MATTER = (
    "overleg/<int:key>/",
    "voorstellen/<int:key>/",
    "wie-beslist/<slug:key>/",
    "mandaten/<slug:key>/",
)
urlpatterns = [
    path("overleg/", meetings.meetings, name="meetings"),
    path("overleg/nieuw/", meetings.enter, name="enter_meeting"),
    path(MEETING, meetings.meeting, name="meeting"),
    path(MEETING + "wijzig/", meetings.change, name="change_meeting"),
    path(MEETING + "agendapunt/", meetings.add_item, name="add_item"),
    path(MEETING + "agendapunt/<int:item>/", meetings.note_outcome, name="note_outcome"),
    path(MEETING + "verslag/", meetings.write_minutes, name="write_minutes"),
    path(MEETING + "aanwezig/", meetings.attend, name="attend"),
    path(MEETING + "gast/", meetings.invite, name="invite"),
    path(MEETING + "gast/<int:guest>/", meetings.note_guest, name="note_guest"),
    path(MEETING + "besluit/", outcomes.decide, name="decide"),
    path(MEETING + "actie/", outcomes.take_up, name="take_up"),
    path("besluiten/", outcomes.log, name="log"),
    path("besluiten/nieuw/", outcomes.enter, name="enter_decision"),
    path("besluiten.csv", outcomes.log_csv, name="log_csv"),
    path("besluiten/<int:key>/", outcomes.decision, name="decision"),
    path("besluiten/<int:key>/bekijk/", outcomes.review, name="review"),
    path("acties/<int:key>/", outcomes.close_action, name="close_action"),
    path("voorstellen/", proposals.proposals, name="proposals"),
    path("voorstellen/nieuw/", proposals.enter, name="enter_proposal"),
    path(PROPOSAL, proposals.proposal, name="proposal"),
    path(PROPOSAL + "wijzig/", proposals.change, name="change_proposal"),
    path(PROPOSAL + "open/", proposals.open_proposal, name="open_proposal"),
    path(PROPOSAL + "sluit/", proposals.close_proposal, name="close_proposal"),
    path(PROPOSAL + "trek-in/", proposals.withdraw_proposal, name="withdraw_proposal"),
    path(PROPOSAL + "besluit/", proposals.decide, name="decide_on"),
    path(PROPOSAL + "stem/<int:voter>/", voting.vote, name="vote"),
    path(PROPOSAL + "briefje/", voting.read_paper, name="read_paper"),
    path(PROPOSAL + "bezwaar/<int:objection>/", voting.answer_objection, name="answer_objection"),
    path(
        PROPOSAL + "bezwaar/<int:objection>/opgelost/",
        voting.settle_objection,
        name="settle_objection",
    ),
    path(PROPOSAL + "anders/", voting.keep_opinion, name="keep_opinion"),
    path("wie-beslist/", bodies.bodies, name="bodies"),
    path("wie-beslist/nieuw/", bodies.enter, name="enter_body"),
    path(BODY, bodies.body, name="body"),
    path(BODY + "wijzig/", bodies.change, name="change_body"),
    path(BODY + "functie/", bodies.appoint, name="appoint"),
    path(BODY + "functie/<int:term>/einde/", bodies.end_term, name="end_term"),
    path("mandaten/", mandates.matters, name="matters"),
    path("mandaten/nieuw/", mandates.give, name="give"),
    path("mandaten/onderwerp/", mandates.enter_matter, name="enter_matter"),
    path("mandaten/wie-spreekt/", mandates.enter_delegate, name="enter_delegate"),
    path("mandaten/wie-spreekt/<int:key>/", mandates.delegate, name="delegate"),
    path("mandaten/wie-spreekt/<int:key>/naam/", mandates.rename, name="rename_delegate"),
    path(
        "mandaten/wie-spreekt/<int:key>/pet/<int:hat>/weg/", mandates.remove_hat, name="remove_hat"
    ),
    path("mandaten/wie-spreekt/<int:key>/pet/", mandates.declare_hat, name="declare_hat"),
    path("mandaten/intrekken/<int:key>/", mandates.withdraw, name="withdraw"),
    path(MATTER, mandates.matter, name="matter"),
    path("mandaten/<slug:key>.csv", mandates.matter_csv, name="matter_csv"),
]
