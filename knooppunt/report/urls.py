"""The addresses of the report, in Dutch."""

from django.urls import path, register_converter

from knooppunt.report.views import desk, funders, public, stories


class MarkConverter:
    """The name of a number, such as members:huize-noord@2025-12-31."""

    regex = "[a-z0-9_:~.@-]{1,160}"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(MarkConverter, "mark")
app_name = "report"
WHOLE = "halfjaarbericht/<slug:key>/"
EDITION = WHOLE + "editie/<int:number>/"
DESK = "beheer/halfjaarbericht/"
ONE = DESK + "<slug:key>/"
urlpatterns = [
    path("halfjaarbericht/", public.index, name="index"),
    path("halfjaarbericht/verhaal/", stories.tell, name="tell"),
    path("halfjaarbericht/verhaal.pdf", stories.poster, name="poster"),
    path("halfjaarbericht/intrekken/", stories.take_back, name="take_back"),
    path("halfjaarbericht/verhaal/<int:key>.jpg", stories.photo, name="photo"),
    path(WHOLE, public.report, name="report"),
    path(EDITION, public.edition, name="edition"),
    path(EDITION + "cijfer/<mark:mark>/", public.number, name="number"),
    path(EDITION + "beeld/<slug:name>.svg", public.picture, name="picture"),
    path(EDITION + "bericht.pdf", public.whole_pdf, name="pdf"),
    path(EDITION + "kort.pdf", public.plain_pdf, name="plain"),
    path(EDITION + "fonds/<slug:funder>/", public.for_funder, name="for_funder"),
    path(EDITION + "fonds/<slug:funder>.pdf", public.funder_pdf, name="funder_pdf"),
    path(EDITION + "cijfers.csv", public.figures_csv, name="csv"),
    path(EDITION + "cijfers.json", public.figures_json, name="json"),
    path(EDITION + "mail.txt", public.mail_text, name="mail"),
    path(EDITION + "controle/", public.check, name="check"),
    path(DESK, desk.reports, name="reports"),
    path(DESK + "nieuw/", desk.begin, name="begin"),
    path(DESK + "verhalen/", stories.desk, name="stories"),
    path(DESK + "verhalen/nieuw/", stories.enter, name="enter_story"),
    path(DESK + "verhalen/<int:key>/", stories.take_up, name="take_up"),
    path(DESK + "verhalen/<int:key>/opzij/", stories.lay_aside, name="lay_aside"),
    path(DESK + "verhalen/<int:key>/wissen/", stories.erase, name="erase_story"),
    path(DESK + "fondsen/", funders.funders, name="funders"),
    path(DESK + "fondsen/nieuw/", funders.enter, name="enter_funder"),
    path(DESK + "fondsen/<slug:key>/", funders.change, name="change_funder"),
    path(DESK + "fondsen/<slug:key>/weg/", funders.erase, name="erase_funder"),
    path(DESK + "fondsen/<slug:key>/doel/<int:goal>/weg/", funders.erase_goal, name="erase_goal"),
    path(DESK + "fondsen/<slug:key>/doel/", funders.add_goal, name="add_goal"),
    path(DESK + "fondsen/<slug:key>/doel/<int:goal>/", funders.change_goal, name="change_goal"),
    path(ONE, desk.editing, name="editing"),
    path(ONE + "titel/", desk.rename, name="rename"),
    path(ONE + "hoofdstukken/", desk.choose, name="choose"),
    path(ONE + "tekst/<slug:part>/", desk.write, name="write"),
    path(ONE + "verhaal/", desk.place, name="place"),
    path(ONE + "verhaal/<int:story>/eruit/", desk.take_out, name="take_out"),
    path(ONE + "weg/", desk.discard, name="discard"),
    path(ONE + "klaarzetten/", desk.offer, name="offer"),
    path(ONE + "publiceren/", desk.publish, name="publish"),
    path(ONE + "verbeteren/", desk.correct, name="correct"),
    path(ONE + "voorbeeld/", desk.preview, name="preview"),
    path(ONE + "voorbeeld/cijfer/<mark:mark>/", desk.preview_number, name="preview_number"),
    path(ONE + "voorbeeld/bericht.pdf", desk.preview_pdf, name="preview_pdf"),
    path(ONE + "voorbeeld/kort.pdf", desk.preview_plain, name="preview_plain"),
]
