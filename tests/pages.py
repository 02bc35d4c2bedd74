"""Every address of the site with a real record behind it, so that tests can walk all of them."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from knooppunt.agenda.actions import confirmation
from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests.make import activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import ImportRun, ImportSource
from knooppunt.decisions.actions import meetings, outcomes
from knooppunt.decisions.models import ActionItem, Body, Decision, Mandate, Meeting, Proposal, Term
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.actions.confirm import make_link
from knooppunt.directory.actions.proposals import propose
from knooppunt.directory.models import Area, Organisation, Place, RecordProposal
from knooppunt.dreams.models import Dream, DreamTable, Plan
from knooppunt.dreams.tests import make as make_dreams
from knooppunt.dreams.tests import make_plans
from knooppunt.help.models import Notice
from knooppunt.help.tests.make import need
from knooppunt.people.models import User
from knooppunt.report.actions import reports
from knooppunt.report.models import Edition, Goal, Report, Story
from knooppunt.report.tests import make as make_report
from knooppunt.voice.actions import agreements, commitments
from knooppunt.voice.models import Agreement, Commitment, Cut, Document, Dossier, Point, Signal
from knooppunt.voice.tests import make as make_voice

OTHERS = ("account_", "mfa_")


def patterns(
    resolver: URLResolver | None = None, prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of the site: its name, its route such as ``plekken/<slug:slug>/``, and its
    pattern.
    """
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, route, inner)
        else:
            yield f"{namespace}{pattern.name or ''}", route, pattern


def names() -> Iterator[str]:
    """The name of every address of our own parts, such as ``directory:place``."""
    for name, _route, pattern in patterns():
        if pattern.name and not pattern.name.startswith(OTHERS):
            yield name


def addresses(
    organisation: Organisation, network: Organisation, institution: Organisation, place: Place
) -> dict[str, str]:
    """Addresses that can be read (GET) without changing anything, by name."""
    record = f"/beheer/organisaties/{organisation.slug}/"
    proposal = RecordProposal.objects.first() or propose(
        SYSTEM, {"what": "place", "name": "Een plek"}
    )
    spot = f"/beheer/plekken/{place.slug}/"
    source = ImportSource.objects.filter(kind="directory").first() or ImportSource.objects.create(
        key="stadslijst",
        name="Stadslijst",
        mapping={"Naam": "name", "Eigen": ""},
        asked=[{"field": "kind", "word": "zandbakje", "rows": 2, "hint": ""}],
    )
    return (
        of_agenda(organisation, network, institution, place)
        | of_dreams()
        | of_plans(organisation)
        | of_finding()
        | of_help(organisation)
        | of_decisions(organisation, network)
        | of_voice(organisation)
        | of_report()
        | {
            "directory:home": "/",
            "directory:initiatives": "/initiatieven/?q=tuin",
            "directory:networks": "/netwerken/",
            "directory:institutions": "/instellingen/",
            "directory:places": "/plekken/?open=nu&rolstoel=ja",
            "directory:areas": "/wijken/",
            "directory:area": "/wijken/noord/",
            "directory:initiative": organisation.get_absolute_url(),
            "directory:network": network.get_absolute_url(),
            "directory:institution": institution.get_absolute_url(),
            "directory:place": place.get_absolute_url(),
            "directory:initiative_paper": f"/papier/initiatieven/{organisation.slug}/",
            "directory:network_paper": f"/papier/netwerken/{network.slug}/",
            "directory:institution_paper": f"/papier/instellingen/{institution.slug}/",
            "directory:place_paper": f"/papier/plekken/{place.slug}/",
            "directory:report": f"/meld/plekken/{place.slug}/",
            "directory:confirm": f"/klopt/{make_link(organisation)}/",
            "directory:figures": "/cijfers/",
            "directory:figure": "/cijfers/members/",
            "directory:figure_csv": "/cijfers/organisations.csv",
            "directory:desk": "/beheer/",
            "directory:all_work": "/beheer/alles/",
            "directory:walk": "/beheer/langs/bevestigen/",
            "directory:add": "/beheer/nieuw/plekken/",
            "directory:lookalikes": "/lijkt-op/plekken/?name=tuin",
            "directory:propose": "/voorstel/initiatieven/",
            "directory:proposal": f"/beheer/voorstel/{proposal.pk}/",
            "directory:round": "/beheer/ronde/",
            "directory:desk_search": "/beheer/zoek/?q=tuin",
            "directory:work": "/beheer/werk/bevestigen/",
            "directory:merge": f"/beheer/samenvoegen/{organisation.slug}/{institution.slug}/",
            "directory:imports": "/beheer/lijsten/",
            "directory:import_source": f"/beheer/lijsten/bron/{source.pk}/",
            "directory:people": "/beheer/mensen/",
            "directory:edit": record,
            "directory:close": f"{record}stopt/",
            "directory:change_link": f"{record}datums/lid/{organisation.memberships.all()[0].pk}/",
            "directory:paper_link": f"{record}link/",
            "directory:history": f"{spot}geschiedenis/",
            "core:colours": "/kleuren.css",
            "core:robots": "/robots.txt",
            "core:health": "/gezond/",
            "core:privacy": "/privacy/",
            "core:more": "/meer/",
            "core:style": "/stijl/",
            "core:emergency": "/nood/",
            "core:manifest": "/app.webmanifest",
            "core:service_worker": "/sw.js",
            "core:offline": "/geen-verbinding/",
            "people:second_factor": "/tweede-sleutel/",
            "people:mailbox": "/postvak/",
            "people:account": "/mijn-account/",
            "people:change_address": "/mijn-account/adres/",
            "people:confirm_address": "/mijn-account/adres/code/",
            "opendata:index": "/open/",
            "opendata:register": "/open/register.json",
            "opendata:dictionary": "/open/dictionary.json",
            "opendata:openapi": "/open/openapi.json",
            "opendata:csv": "/open/places.csv",
            "opendata:json": "/open/places.json",
        }
    )


def of_report() -> dict[str, str]:
    """The addresses of the report: one that is published with a story and a funder, and one
    that is being made.
    """
    if not Edition.objects.exists():
        make_report.with_a_past()
        make_report.funder()
        one, story = make_report.report(), make_report.story(area=Area.objects.get(slug="noord"))
        reports.place_story(SYSTEM, one, story, "register")
        make_report.published(one)
        reports.begin(SYSTEM, make_report.last_half().previous)
    edition, making = Edition.objects.select_related("report")[0], Report.objects.get(editions=None)
    page, desk, here = (
        edition.get_absolute_url(),
        "/beheer/halfjaarbericht/",
        making.get_absolute_url(),
    )
    story, goal = Story.objects.all()[0], Goal.objects.all()[0]
    return {
        "report:index": "/halfjaarbericht/",
        "report:tell": "/halfjaarbericht/verhaal/",
        "report:poster": "/halfjaarbericht/verhaal.pdf",
        "report:take_back": "/halfjaarbericht/intrekken/?code=AAAA-BBBB",
        "report:report": f"/halfjaarbericht/{edition.report.slug}/",
        "report:edition": page,
        "report:number": f"{page}cijfer/organisations.new/",
        "report:picture": f"{page}beeld/map.svg",
        "report:pdf": f"{page}bericht.pdf",
        "report:plain": f"{page}kort.pdf",
        "report:for_funder": f"{page}fonds/het-fonds/",
        "report:funder_pdf": f"{page}fonds/het-fonds.pdf",
        "report:csv": f"{page}cijfers.csv",
        "report:json": f"{page}cijfers.json",
        "report:mail": f"{page}mail.txt",
        "report:check": f"{page}controle/",
        "report:reports": desk,
        "report:begin": f"{desk}nieuw/",
        "report:stories": f"{desk}verhalen/",
        "report:enter_story": f"{desk}verhalen/nieuw/",
        "report:take_up": f"{desk}verhalen/{story.pk}/",
        "report:funders": f"{desk}fondsen/",
        "report:enter_funder": f"{desk}fondsen/nieuw/",
        "report:change_funder": f"{desk}fondsen/het-fonds/",
        "report:add_goal": f"{desk}fondsen/het-fonds/doel/",
        "report:change_goal": f"{desk}fondsen/het-fonds/doel/{goal.pk}/",
        "report:erase_funder": f"{desk}fondsen/het-fonds/weg/",
        "report:erase_goal": f"{desk}fondsen/het-fonds/doel/{goal.pk}/weg/",
        "report:editing": here,
        "report:discard": f"{here}weg/",
        "report:rename": f"{here}titel/",
        "report:choose": f"{here}hoofdstukken/",
        "report:write": f"{here}tekst/register/",
        "report:place": f"{here}verhaal/",
        "report:correct": f"{here}verbeteren/",
        "report:preview": f"{here}voorbeeld/",
        "report:preview_number": f"{here}voorbeeld/cijfer/organisations/",
        "report:preview_pdf": f"{here}voorbeeld/bericht.pdf",
        "report:preview_plain": f"{here}voorbeeld/kort.pdf",
    }


def of_help(organisation: Organisation) -> dict[str, str]:
    """The addresses of needs and offers, with a need of the organisation."""
    one = Notice.objects.first() or need(organisation, "Een keuken", text="Samen koken.", days=[3])
    page = one.get_absolute_url()
    return {
        "help:board": "/vraag-en-aanbod/?kant=need",
        "help:notice": page,
        "help:enter": "/vraag-en-aanbod/nieuw/",
        "help:change": f"{page}wijzig/",
        "help:respond": f"{page}reageer/",
        "help:broker": "/beheer/makelaar/",
        "help:responses": "/beheer/reacties/",
    }


def of_decisions(organisation: Organisation, network: Organisation) -> dict[str, str]:
    """The addresses of deciding together, with a meeting, an open proposal and a mandate."""
    found = Body.objects.first()
    council = found or make_decisions.body(areas=list(organisation.areas.all()))
    one = Meeting.objects.first() or make_decisions.meeting("Maandoverleg", body=council)
    item = one.items.first() or meetings.add_item(
        SYSTEM, one, {"title": "De sleutel", "kind": "discuss"}
    )
    proposal = Proposal.objects.first() or make_decisions.proposal(network=network)
    decision = Decision.objects.first() or outcomes.decide(
        SYSTEM, {"title": "We gaan door"}, meeting=one
    )
    action = ActionItem.objects.first() or outcomes.take_up(
        SYSTEM, {"text": "Bellen", "owner": "regisseur"}, meeting=one
    )
    mandate = Mandate.objects.first() or make_decisions.mandate(organisation)
    post = Term.objects.first() or meetings.save_term(
        SYSTEM,
        council,
        {"label": "voorzitter", "person": "", "since": None, "until": None, "source": ""},
    )
    page, vote, board = (
        one.get_absolute_url(),
        proposal.get_absolute_url(),
        council.get_absolute_url(),
    )
    matter, speaker = mandate.matter.get_absolute_url(), mandate.delegate.get_absolute_url()
    return {
        "decisions:meetings": "/overleg/?soort=sounding",
        "decisions:enter_meeting": "/overleg/nieuw/",
        "directory:correct": f"/verbeter/agendapunt/{item.pk}/",
        "directory:strike": f"/vergissing/agendapunt/{item.pk}/",
        "decisions:meeting": page,
        "decisions:change_meeting": f"{page}wijzig/",
        "decisions:add_item": f"{page}agendapunt/",
        "decisions:note_outcome": f"{page}agendapunt/{item.pk}/",
        "decisions:write_minutes": f"{page}verslag/",
        "decisions:attend": f"{page}aanwezig/",
        "decisions:invite": f"{page}gast/",
        "decisions:decide": f"{page}besluit/",
        "decisions:take_up": f"{page}actie/",
        "decisions:log": "/besluiten/",
        "decisions:enter_decision": "/besluiten/nieuw/",
        "decisions:log_csv": "/besluiten.csv",
        "decisions:decision": decision.get_absolute_url(),
        "decisions:review": f"{decision.get_absolute_url()}bekijk/",
        "decisions:close_action": action.get_absolute_url(),
        "decisions:proposals": "/voorstellen/",
        "decisions:enter_proposal": f"/voorstellen/nieuw/?bij={one.pk}",
        "decisions:proposal": vote,
        "decisions:change_proposal": f"{vote}wijzig/",
        "decisions:open_proposal": f"{vote}open/",
        "decisions:decide_on": f"{vote}besluit/",
        "decisions:vote": f"{vote}stem/{proposal.voters.all()[0].pk}/",
        "decisions:read_paper": f"{vote}briefje/",
        "decisions:keep_opinion": f"{vote}anders/",
        "decisions:bodies": "/wie-beslist/",
        "decisions:enter_body": "/wie-beslist/nieuw/",
        "decisions:body": board,
        "decisions:change_body": f"{board}wijzig/",
        "decisions:appoint": f"{board}functie/",
        "decisions:end_term": f"{board}functie/{post.pk}/einde/",
        "decisions:matters": "/mandaten/",
        "decisions:give": "/mandaten/nieuw/",
        "decisions:enter_matter": "/mandaten/onderwerp/",
        "decisions:enter_delegate": "/mandaten/wie-spreekt/",
        "decisions:delegate": speaker,
        "decisions:declare_hat": f"{speaker}pet/",
        "decisions:rename_delegate": f"{speaker}naam/",
        "decisions:withdraw": f"/mandaten/intrekken/{mandate.pk}/",
        "decisions:matter": f"{matter}?op=2026-01-01",
        "decisions:matter_csv": f"{matter[:-1]}.csv",
    }


def of_voice(organisation: Organisation) -> dict[str, str]:
    """The addresses of the voice, with one of everything."""
    area = organisation.areas.all()[0]
    point = Point.objects.first() or make_voice.point(areas=[area], organisation=organisation)
    promise = Commitment.objects.first() or make_voice.commitment()
    deal = Agreement.objects.first() or make_voice.agreement()
    clause = deal.clauses.first() or make_voice.clause(deal)
    change = deal.amendments.first() or make_voice.amendment(clause)
    plan = deal.year_actions.first() or agreements.plan(
        SYSTEM, deal, {"year": 2026, "text": "Bankje"}
    )
    cut = Cut.objects.first() or make_voice.cut(point, [organisation])
    case = Dossier.objects.first() or make_voice.dossier()
    piece = Document.objects.first() or make_voice.document()
    said = Signal.objects.first() or make_voice.signal(area=area)
    page, vow, pact, threat = (
        point.get_absolute_url(),
        promise.get_absolute_url(),
        deal.get_absolute_url(),
        cut.get_absolute_url(),
    )
    part, story, book = clause.get_absolute_url(), case.get_absolute_url(), piece.get_absolute_url()
    return {
        "voice:board": "/punten/?wijk=noord",
        "voice:board_csv": "/punten.csv",
        "voice:enter_point": "/punten/nieuw/",
        "voice:point": page,
        "voice:change_point": f"{page}wijzig/",
        "voice:take_step": f"{page}stap/",
        "voice:add_figure": f"{page}cijfer/",
        "voice:add_story": f"{page}verhaal/",
        "voice:add_piece": f"{page}stuk/",
        "voice:bring_in": f"{page}inbrengen/",
        "voice:speak": f"{page}spreken/",
        "voice:support": f"{page}steun/",
        "voice:sign_on_paper": f"{page}teken-op-papier/",
        "voice:add_paper": f"{page}steun-op-papier/",
        "voice:signal": "/signaal/",
        "voice:signal_status": said.get_absolute_url(),
        "voice:signals": "/beheer/signalen/",
        "voice:heard": "/beheer/signalen/nieuw/",
        "voice:counted": "/beheer/signalen/cijfer/",
        "voice:sort_signal": f"/beheer/signalen/{said.pk}/",
        "voice:letters": "/beheer/brieven/",
        "voice:commitments": "/toezeggingen/?wijk=noord",
        "voice:commitments_csv": "/toezeggingen.csv",
        "voice:enter_commitment": "/toezeggingen/nieuw/",
        "voice:commitment": vow,
        "voice:change_commitment": f"{vow}wijzig/",
        "voice:say_status": f"{vow}stand/",
        "voice:response_link": f"{vow}link/",
        "voice:respond": f"/toezeggingen/reactie/{commitments.make_link(promise)}/",
        "voice:agreements": "/akkoorden/",
        "voice:enter_agreement": "/akkoorden/nieuw/",
        "voice:agreement": pact,
        "voice:change_agreement": f"{pact}wijzig/",
        "voice:add_clause": f"{pact}bepaling/",
        "voice:clause": part,
        "voice:change_clause": f"{part}wijzig/",
        "voice:say_state": f"{part}stand/",
        "voice:land": f"{part}punt/",
        "voice:amend": f"{part}voorstel/",
        "voice:versions": f"{part}teksten/",
        "voice:amend_new": f"{pact}voorstel/",
        "voice:amendment": change.get_absolute_url(),
        "voice:plan": f"{pact}jaarplan/",
        "voice:note_plan": f"{pact}jaarplan/{plan.pk}/",
        "voice:cuts": "/bezuinigingen/",
        "voice:enter_cut": f"{page}dreiging/",
        "voice:cut": threat,
        "voice:hits_csv": f"{threat[:-1]}.csv",
        "voice:add_hits": f"{threat}wie/?wijk=noord",
        "voice:add_line": f"{threat}bedrag/",
        "voice:add_moment": f"{threat}dag/",
        "voice:dossiers": "/dossiers/",
        "voice:enter_dossier": "/dossiers/nieuw/",
        "voice:dossier": story,
        "voice:change_dossier": f"{story}wijzig/",
        "voice:add_entry": f"{story}regel/",
        "voice:dossier_pdf": f"{story[:-1]}.pdf",
        "voice:dossier_zip": f"{story[:-1]}.zip",
        "voice:library": "/bibliotheek/?q=tuin",
        "voice:enter_document": "/bibliotheek/nieuw/",
        "voice:document": book,
        "voice:change_document": f"{book}wijzig/",
        "voice:area_sheet": "/wijken/noord/blad/",
        "voice:brief": f"/overleg/{Meeting.objects.all()[0].pk}/blad/",
    }


def of_plans(organisation: Organisation) -> dict[str, str]:
    """The addresses of plans, with one that the organisation keeps."""
    plan = Plan.objects.first() or make_plans.plan(organisation, area=organisation.areas.first())
    step = plan.steps.first() or make_plans.step(plan)
    item = plan.items.first() or make_plans.item(plan)
    page = plan.get_absolute_url()
    return {
        "dreams:plans": "/plannen/?wijk=noord",
        "dreams:parties": "/plannen/feesten/?wijk=noord",
        "dreams:start_plan": "/plannen/nieuw/",
        "dreams:plan": page,
        "dreams:change_plan": f"{page}wijzig/",
        "dreams:stop_plan": f"{page}stop/",
        "dreams:add_partner": f"{page}organisatie/",
        "dreams:add_person": f"{page}buur/",
        "dreams:add_step": f"{page}stap/",
        "dreams:change_step": f"{page}stap/{step.pk}/",
        "dreams:give_step_link": f"{page}stap/{step.pk}/link/",
        "dreams:add_item": f"{page}spullen/",
        "dreams:pledge": f"{page}spullen/{item.pk}/",
        "dreams:give_bring_link": f"{page}spullen/link/",
        "dreams:add_need": f"{page}nodig/",
        "dreams:add_date": f"{page}dag/",
    }


def of_dreams() -> dict[str, str]:
    """The addresses of dreams, with one on the wall of Noord and a table that the coordinator
    opened.
    """
    dream = Dream.objects.first() or make_dreams.dream(area=Area.objects.get(slug="noord"))
    table = DreamTable.objects.first() or make_dreams.table(
        entered_by=User.objects.filter(is_coordinator=True).first()
    )
    page, desk = dream.get_absolute_url(), f"/beheer/dromen/{dream.pk}/"
    return {
        "dreams:wall": "/dromen/?wijk=noord&staat=wacht",
        "dreams:say": "/dromen/nieuw/?wijk=noord",
        "dreams:screen": "/dromen/scherm/?nr=1",
        "dreams:poster": "/dromen/poster.pdf",
        "dreams:card": "/dromen/kaartje.pdf",
        "dreams:status": dream.status_url,
        "dreams:take_back": f"{dream.status_url}weg/",
        "dreams:dream": page,
        "dreams:join": f"{page}doe-mee/",
        "dreams:join_for": f"{page}doe-mee/namens/",
        "dreams:desk": "/beheer/dromen/?staat=muur",
        "dreams:letters": "/beheer/dromen/brieven/",
        "dreams:open_table": "/beheer/dromen/tafel/",
        "dreams:table": table.get_absolute_url(),
        "dreams:read": desk,
        "dreams:lay_aside": f"{desk}opzij/",
        "dreams:change": f"{desk}wijzig/",
        "dreams:answer": f"{desk}antwoord/",
    }


def of_finding() -> dict[str, str]:
    """The addresses of the search and the map."""
    return {
        "find:find": "/vind/?q=tuin+noord",
        "find:words": "/beheer/woorden/",
        "find:save": "/vind/mail/?wijk=noord",
        "atlas:map": "/kaart/?gebied=4,52,4.1,52.1",
        "atlas:ground": "/kaart/wijken.json",
        "atlas:tile": "/kaart/vak/12/2094/1347.json",
    }


def of_agenda(
    organisation: Organisation, network: Organisation, institution: Organisation, place: Place
) -> dict[str, str]:
    """The addresses of the agenda, with an activity of the organisation at the place."""
    found = Activity.objects.filter(name="Tuinochtend").first()
    one = found or activity(
        "Tuinochtend", place=place, organiser=organisation, group="local", kind="groen"
    )
    page, times = one.get_absolute_url(), one.occurrences.order_by("starts")
    source, _is_new = ImportSource.objects.get_or_create(
        kind="agenda",
        key="activiteiten",
        owner=str(organisation.pk),
        defaults={"name": "Activiteiten", "mapping": {"Naam": "name", "Eigen": ""}},
    )
    run, _is_new = ImportRun.objects.get_or_create(
        kind="agenda",
        owner=str(organisation.pk),
        name="Activiteiten",
        state="done",
        defaults={"source": source, "mapping": source.mapping},
    )
    lists = "/beheer/agenda-inlezen/"
    return {
        "agenda:agenda": "/agenda/?toon=week&wijk=noord",
        "agenda:activity": page,
        "agenda:text": "/agenda/tekst/",
        "agenda:screen": "/agenda/scherm/",
        "agenda:connect": f"/agenda/sluit-aan/?plek={place.slug}",
        "agenda:embed": "/agenda/inbed/?kleur=donker",
        "agenda:embed_picture": "/agenda/inbed.svg",
        "agenda:atom": "/agenda/nieuws.atom",
        "agenda:rss": "/agenda/nieuws.rss",
        "agenda:feed": "/agenda.ics",
        "agenda:activity_feed": f"/agenda/{one.slug}.ics",
        "agenda:place_feed": f"/plekken/{place.slug}.ics",
        "agenda:initiative_feed": f"/initiatieven/{organisation.slug}.ics",
        "agenda:network_feed": f"/netwerken/{network.slug}.ics",
        "agenda:institution_feed": f"/instellingen/{institution.slug}.ics",
        "agenda:area_feed": "/wijken/noord.ics",
        "agenda:theme_feed": "/themas/armoede.ics",
        "agenda:shares": "/cijfers/aandeel/?met=2026-01-01&klasse=local",
        "agenda:shares_csv": "/cijfers/aandeel.csv",
        "agenda:shares_picture": "/cijfers/aandeel.svg",
        "agenda:propose": "/agenda/voorstel/",
        "agenda:confirm_link": f"/agenda/klopt/{confirmation.make_link(organisation)}/",
        "agenda:papers": "/agenda/papier/",
        "agenda:sheet": "/agenda/papier/week.pdf",
        "agenda:poster": f"{page}poster.pdf",
        "agenda:enter": "/agenda/nieuw/",
        "agenda:change": f"{page}wijzig/",
        "agenda:one_time": f"{page}keer/{times[0].pk}/",
        "agenda:feeds": "/beheer/kalenders/",
        "agenda:imports": lists,
        "agenda:import_source": f"{lists}bron/{source.pk}/",
        "agenda:import": f"{lists}{run.pk}/",
        "agenda:import_mapping": f"{lists}{run.pk}/kolommen.toml",
    }
