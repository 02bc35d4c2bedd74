"""Who may open what: every address of the site is in this table, and a board member can read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User
from tests.pages import addresses, names

pytestmark = pytest.mark.django_db
SEE, LOGIN, GONE, NO, POST = 200, 302, 404, 403, 405
WHO = ("stranger", "host", "weaver", "coordinator")
# The host keeps the garden in Noord, the weaver weaves Zuid, and all addresses below are about the
# garden.
EVERYBODY = (SEE, SEE, SEE, SEE)
KEEPERS = (LOGIN, SEE, NO, SEE)
COORDINATORS = (LOGIN, GONE, GONE, SEE)
CONVENERS = (LOGIN, GONE, SEE, SEE)
LOGGED_IN = (LOGIN, SEE, SEE, SEE)
ONLY_BY_FORM = (POST, POST, POST, POST)
TABLE = {
    **dict.fromkeys(
        (
            "directory:home directory:initiatives directory:initiative directory:networks "
            "directory:network directory:institutions "
            "directory:institution directory:places directory:place directory:areas "
            "directory:area directory:initiative_paper "
            "directory:network_paper directory:institution_paper directory:place_paper "
            "directory:report directory:confirm "
            "directory:figures directory:figure directory:figure_csv core:colours core:robots "
            "core:health core:privacy core:more core:style core:emergency core:manifest "
            "core:service_worker core:offline "
            "opendata:index opendata:register opendata:dictionary opendata:openapi opendata:csv "
            "opendata:json"
        ).split(),
        EVERYBODY,
    ),
    **dict.fromkeys(
        (
            "agenda:agenda agenda:activity agenda:text agenda:screen agenda:connect agenda:embed "
            "agenda:embed_picture agenda:atom agenda:rss "
            "agenda:feed agenda:activity_feed agenda:place_feed agenda:initiative_feed "
            "agenda:network_feed agenda:institution_feed "
            "agenda:area_feed agenda:theme_feed agenda:shares agenda:shares_csv "
            "agenda:shares_picture agenda:propose agenda:confirm_link "
            "agenda:papers agenda:sheet agenda:poster"
        ).split(),
        EVERYBODY,
    ),
    **dict.fromkeys("find:find find:save atlas:map atlas:ground atlas:tile".split(), EVERYBODY),
    **dict.fromkeys(
        (
            "decisions:meetings decisions:meeting decisions:log decisions:log_csv "
            "decisions:decision decisions:proposals decisions:proposal "
            "decisions:bodies decisions:body decisions:matters decisions:matter "
            "decisions:matter_csv decisions:delegate"
        ).split(),
        EVERYBODY,
    ),
    "directory:add": CONVENERS,
    "directory:lookalikes": EVERYBODY,
    "directory:propose": EVERYBODY,
    "directory:proposal": COORDINATORS,  # it is about no wijk, so no weaver decides
    **dict.fromkeys(
        "directory:take_over directory:merge_proposal directory:refuse_proposal".split(),
        ONLY_BY_FORM,
    ),
    **dict.fromkeys(
        "decisions:enter_meeting decisions:enter_decision decisions:enter_proposal "
        "decisions:enter_body decisions:enter_matter decisions:enter_delegate".split(),
        CONVENERS,
    ),
    # The meeting is of the wijkraad of Noord: the weaver of Zuid and the host may read it, not
    # change it.
    **dict.fromkeys(
        (
            "decisions:change_meeting decisions:note_outcome decisions:write_minutes "
            "decisions:attend decisions:invite decisions:decide decisions:take_up "
            "directory:correct directory:strike "
            "decisions:review decisions:close_action decisions:change_proposal "
            "decisions:open_proposal decisions:read_paper decisions:declare_hat "
            "decisions:rename_delegate"
        ).split(),
        (LOGIN, NO, NO, SEE),
    ),
    "decisions:decide_on": (LOGIN, NO, NO, GONE),
    "decisions:keep_opinion": (LOGIN, GONE, GONE, GONE),  # not before it is closed
    **dict.fromkeys(
        "decisions:change_body decisions:appoint decisions:end_term".split(), (LOGIN, NO, SEE, SEE)
    ),
    "decisions:add_item": LOGGED_IN,
    "decisions:give": LOGGED_IN,
    "decisions:vote": (LOGIN, SEE, GONE, GONE),
    "decisions:withdraw": (LOGIN, SEE, NO, SEE),
    **dict.fromkeys(
        "decisions:remove_hat decisions:note_guest decisions:close_proposal "
        "decisions:withdraw_proposal decisions:settle_objection".split(),
        ONLY_BY_FORM,
    ),
    "decisions:answer_objection": (LOGIN, NO, NO, GONE),  # nobody objected
    **dict.fromkeys(
        (
            "voice:board voice:board_csv voice:point voice:speak voice:support voice:signal "
            "voice:signal_status voice:commitments voice:commitments_csv voice:commitment "
            "voice:respond voice:agreements voice:agreement voice:clause voice:versions "
            "voice:amendment voice:cuts voice:cut voice:hits_csv voice:dossiers voice:dossier "
            "voice:dossier_pdf voice:dossier_zip voice:library voice:document voice:area_sheet "
            "voice:brief"
        ).split(),
        EVERYBODY,
    ),
    **dict.fromkeys(
        (
            "voice:enter_commitment voice:enter_agreement voice:enter_dossier "
            "voice:enter_document voice:signals voice:counted voice:letters"
        ).split(),
        CONVENERS,
    ),
    **dict.fromkeys("voice:enter_point voice:heard".split(), LOGGED_IN),
    # The point is about Noord and the coordinator put it in: the weaver of Zuid and the host may
    # read it, not change it.
    **dict.fromkeys(
        (
            "voice:change_point voice:take_step voice:add_figure voice:add_story voice:add_piece "
            "voice:bring_in voice:sign_on_paper voice:add_paper voice:enter_cut "
            "voice:add_hits voice:add_line voice:add_moment voice:change_commitment "
            "voice:say_status voice:response_link voice:change_agreement "
            "voice:add_clause voice:change_clause voice:say_state voice:land voice:plan "
            "voice:note_plan voice:change_dossier voice:add_entry voice:change_document"
        ).split(),
        (LOGIN, NO, NO, SEE),
    ),
    **dict.fromkeys("voice:amend voice:amend_new".split(), LOGGED_IN),
    "voice:sort_signal": (
        LOGIN,
        GONE,
        GONE,
        SEE,
    ),  # a signal of Noord is not for the weaver of Zuid
    **dict.fromkeys(
        (
            "voice:share voice:remove_evidence voice:register voice:cosign "
            "voice:withdraw_signature voice:erase_signal directory:unstrike"
        ).split(),
        ONLY_BY_FORM,
    ),
    "voice:signal_stop": (410, 410, 410, 410),
    "voice:document_file": (
        GONE,
        GONE,
        GONE,
        GONE,
    ),  # a link that nobody signed; a piece without a file
    **dict.fromkeys(
        (
            "dreams:wall dreams:say dreams:screen dreams:poster dreams:card dreams:status "
            "dreams:take_back dreams:dream dreams:join"
        ).split(),
        EVERYBODY,
    ),
    **dict.fromkeys("dreams:plans dreams:plan dreams:parties".split(), EVERYBODY),
    "dreams:start_plan": LOGGED_IN,
    **dict.fromkeys(
        (
            "dreams:change_plan dreams:stop_plan dreams:add_partner dreams:add_person "
            "dreams:add_step dreams:change_step dreams:add_item dreams:pledge "
            "dreams:give_step_link dreams:give_bring_link dreams:add_need dreams:add_date"
        ).split(),
        KEEPERS,
    ),
    **dict.fromkeys(
        (
            "dreams:move_plan dreams:act_on_partner dreams:forget_person dreams:tick_step "
            "dreams:remove_step dreams:remove_item dreams:take_back_pledge "
            "dreams:remove_date dreams:agree_with_date dreams:remove_photo "
            "dreams:settle_permit"
        ).split(),
        ONLY_BY_FORM,
    ),
    # The plan is not done, and has no photo.
    **dict.fromkeys("dreams:celebrate dreams:add_photo".split(), (LOGIN, GONE, NO, GONE)),
    "dreams:plan_photo": (GONE, GONE, GONE, GONE),
    "dreams:refuse_date": (LOGIN, GONE, GONE, GONE),  # no place was asked
    **dict.fromkeys(
        "dreams:step_by_link dreams:bring_by_link dreams:pledge_by_link".split(),
        (410, 410, 410, 410),
    ),
    "dreams:join_for": (LOGIN, SEE, GONE, GONE),  # for who represents an organisation
    "dreams:open_table": LOGGED_IN,
    "dreams:table": COORDINATORS,  # for who opened it, and coordinators
    **dict.fromkeys("dreams:desk dreams:letters".split(), CONVENERS),
    # The dream is about Noord, so neither the host nor the weaver of Zuid reads it first.
    **dict.fromkeys(
        "dreams:read dreams:lay_aside dreams:change dreams:answer".split(), COORDINATORS
    ),
    **dict.fromkeys(
        "dreams:leave dreams:publish dreams:erase dreams:untell dreams:close_table".split(),
        ONLY_BY_FORM,
    ),
    **dict.fromkeys("dreams:confirm dreams:stop".split(), (410, 410, 410, 410)),
    "dreams:photo": (GONE, GONE, GONE, GONE),  # the dream has no photo
    "dreams:table_photo": (LOGIN, GONE, GONE, GONE),  # nor has the table
    "help:board": EVERYBODY,
    "help:notice": EVERYBODY,
    "help:respond": EVERYBODY,
    "help:enter": LOGGED_IN,
    "help:change": KEEPERS,
    "help:broker": (LOGIN, GONE, SEE, SEE),
    "help:responses": (LOGIN, SEE, SEE, SEE),
    "help:outcome": (410, 410, 410, 410),  # a link that nobody signed
    **dict.fromkeys(
        "help:close help:introduce help:answered help:settle_response".split(), ONLY_BY_FORM
    ),
    "find:saved": (410, 410, 410, 410),
    "find:saved_stop": (
        LOGIN,
        LOGIN,
        LOGIN,
        LOGIN,
    ),  # links that nobody signed; the second leads to the first
    **dict.fromkeys(
        (
            "report:index report:tell report:poster report:take_back report:report report:edition "
            "report:number report:picture report:pdf report:plain report:for_funder "
            "report:funder_pdf report:csv report:json report:mail report:check"
        ).split(),
        EVERYBODY,
    ),
    **dict.fromkeys(
        "report:reports report:begin report:stories report:enter_story".split(), CONVENERS
    ),
    "report:take_up": (LOGIN, GONE, NO, SEE),  # the story stands in the report about everything
    # The report is about everything: the weaver of Zuid writes about Zuid only.
    **dict.fromkeys(
        "report:editing report:rename report:choose report:write report:place report:correct "
        "report:discard report:preview report:preview_number report:preview_pdf "
        "report:preview_plain".split(),
        COORDINATORS,
    ),
    **dict.fromkeys(
        "report:funders report:enter_funder report:change_funder report:add_goal "
        "report:change_goal report:erase_funder report:erase_goal".split(),
        COORDINATORS,
    ),
    **dict.fromkeys(
        "report:lay_aside report:erase_story report:take_out report:offer report:publish".split(),
        ONLY_BY_FORM,
    ),
    "report:photo": (GONE, GONE, GONE, GONE),  # the story has no photo
    "find:words": COORDINATORS,
    "find:remove_word": ONLY_BY_FORM,
    **dict.fromkeys("agenda:change agenda:one_time".split(), KEEPERS),
    **dict.fromkeys("agenda:enter agenda:feeds agenda:imports".split(), LOGGED_IN),
    **dict.fromkeys(
        "agenda:copy agenda:show agenda:confirm agenda:end agenda:objection agenda:stop_feed "
        "agenda:read_feed".split(),
        ONLY_BY_FORM,
    ),
    # The list is of the garden, and no host sent it in: its host sees how it is read, not the list
    # itself.
    "agenda:import_source": (LOGIN, SEE, GONE, SEE),
    **dict.fromkeys(
        "agenda:import agenda:import_mapping agenda:import_report".split(), COORDINATORS
    ),
    **dict.fromkeys(
        (
            "agenda:import_structure agenda:import_words agenda:start_import agenda:discard_import"
        ).split(),
        ONLY_BY_FORM,
    ),
    # The coordinator shows her key once more before she changes her address.
    "people:change_address": (LOGIN, SEE, SEE, LOGIN),
    **dict.fromkeys(
        "directory:edit directory:paper_link directory:history directory:change_link "
        "directory:close".split(),
        KEEPERS,
    ),
    **dict.fromkeys("directory:imports directory:people directory:merge".split(), COORDINATORS),
    **dict.fromkeys(
        "directory:desk directory:all_work directory:walk directory:desk_search directory:round "
        "directory:work people:second_factor "
        "people:account".split(),
        LOGGED_IN,
    ),
    **dict.fromkeys(
        (
            "directory:postpone directory:close_report directory:settle_mail directory:keep_apart "
            "directory:answer_request directory:undo directory:start_import "
            "directory:discard_import directory:import_structure directory:import_words "
            "directory:make_coordinator directory:end_coordinator directory:erase_account "
            "directory:end_weaving directory:end_representation directory:appoint_host "
            "directory:set_hours directory:add_exception "
            "directory:remove_exception directory:find_point directory:set_photo "
            "directory:add_contact directory:remove_contact directory:add_membership "
            "directory:add_role directory:end_link directory:state_volunteers "
            "directory:confirm_now directory:set_state "
            "directory:put_back directory:undo_close directory:answer_network "
            "directory:answer_membership people:try_as"
        ).split(),
        ONLY_BY_FORM,
    ),
    # Only in the browser that holds the try-out's secret.
    **dict.fromkeys("people:demo_accounts people:mailbox".split(), (GONE, GONE, GONE, GONE)),
    "people:confirm_address": (LOGIN, LOGIN, LOGIN, LOGIN),  # nobody asked for a code
    "directory:photo": (GONE, GONE, GONE, GONE),  # the garden has no photo
    "directory:import": COORDINATORS,
    "directory:import_report": COORDINATORS,
    "directory:import_mapping": COORDINATORS,
    "directory:import_source": COORDINATORS,
}


@pytest.fixture
def pages(garden: Organisation, garden_place: Place) -> dict[str, str]:
    network = make.network("De Groene Ring", [garden])
    institution = make.organisation("Gemeente Klein", role="institution")
    found = addresses(garden, network, institution, garden_place)
    record, spot = f"/beheer/organisaties/{garden.slug}/", f"/beheer/plekken/{garden_place.slug}/"
    page = found["agenda:activity"]
    found |= {
        "agenda:copy": f"{page}neem-over/",
        "agenda:show": f"{page}staat/",
        "agenda:confirm": f"{page}bevestig/",
        "agenda:end": f"{page}gestopt/",
        "agenda:objection": f"{page}bezwaar/1/",
        "agenda:stop_feed": "/beheer/kalenders/1/stop/",
        "agenda:read_feed": "/beheer/kalenders/1/lees/",
        "agenda:import_structure": "/beheer/agenda-inlezen/1/bladen/",
        "agenda:import_words": "/beheer/agenda-inlezen/1/woorden/",
        "agenda:start_import": "/beheer/agenda-inlezen/1/start/",
        "agenda:discard_import": "/beheer/agenda-inlezen/1/weg/",
        "find:remove_word": "/beheer/woorden/1/weg/",
        "find:saved": "/vind/mail/onzin/",
        "find:saved_stop": "/vind/mail/onzin/stop/",
        "help:outcome": "/gelukt/onzin/",
        "help:answered": "/beheer/makelaar/1/antwoord/",
        "help:settle_response": "/beheer/reacties/1/",
        "help:close": f"{found['help:notice']}klaar/",
        "help:introduce": f"{found['help:notice']}breng-samen/1/",
        "directory:close_report": "/beheer/melding/1/",
        "directory:undo": "/beheer/ongedaan/1/",
        "directory:settle_mail": "/beheer/post/1/",
        "directory:keep_apart": "/beheer/dubbel/1/",
        "directory:answer_network": f"/beheer/netwerkvraag/{garden.slug}/",
        "directory:answer_membership": "/beheer/lidmaatschap/1/",
        "directory:take_over": f"{found['directory:proposal']}neem-over/",
        "directory:merge_proposal": f"{found['directory:proposal']}voeg-samen/",
        "directory:refuse_proposal": f"{found['directory:proposal']}weiger/",
        "directory:answer_request": "/beheer/toelaten/1/",
        "directory:import_structure": "/beheer/lijsten/1/bladen/",
        "directory:import_words": "/beheer/lijsten/1/woorden/",
        "directory:start_import": "/beheer/lijsten/1/start/",
        "directory:discard_import": "/beheer/lijsten/1/weg/",
        "directory:make_coordinator": "/beheer/mensen/coordinator/",
        "directory:end_coordinator": "/beheer/mensen/1/einde/",
        "directory:erase_account": "/beheer/mensen/1/wis/",
        "directory:end_weaving": "/beheer/regisseur/1/einde/",
        "directory:end_representation": "/beheer/vertegenwoordiger/1/einde/",
        "directory:appoint_host": f"/beheer/vertegenwoordiger/{garden.slug}/",
        "directory:set_hours": f"{spot}tijden/",
        "directory:add_exception": f"{spot}afwijkend/",
        "directory:remove_exception": f"{spot}afwijkend/1/weg/",
        "directory:set_photo": f"{spot}foto/",
        "directory:find_point": f"{spot}punt/",
        "directory:add_contact": f"{record}contact/",
        "directory:remove_contact": f"{record}contact/1/weg/",
        "directory:add_membership": f"{record}netwerk/",
        "directory:add_role": f"{record}plek/",
        "directory:end_link": f"{record}einde/lid/1/",
        "directory:state_volunteers": f"{record}vrijwilligers/",
        "directory:confirm_now": f"{record}bevestig/",
        "directory:set_state": f"{record}staat/",
        "directory:undo_close": f"{record}stopt/1/ongedaan/",
        "directory:put_back": f"{record}geschiedenis/1/terug/",
        "decisions:remove_hat": f"{found['decisions:delegate']}pet/1/weg/",
        "decisions:note_guest": f"{found['decisions:meeting']}gast/1/",
        "decisions:close_proposal": f"{found['decisions:proposal']}sluit/",
        "decisions:withdraw_proposal": f"{found['decisions:proposal']}trek-in/",
        "decisions:answer_objection": f"{found['decisions:proposal']}bezwaar/1/",
        "decisions:settle_objection": f"{found['decisions:proposal']}bezwaar/1/opgelost/",
        **dict.fromkeys(("voice:share",), f"{found['voice:point']}deel/"),
        "directory:unstrike": f"{found['directory:strike']}terug/",
        "voice:remove_evidence": f"{found['voice:point']}bewijs/1/weg/",
        "voice:register": f"{found['voice:point']}inbrengen/1/",
        "voice:cosign": f"{found['voice:point']}teken/1/",
        "voice:withdraw_signature": f"{found['voice:point']}handtekening/1/weg/",
        "voice:erase_signal": f"{found['voice:sort_signal']}wis/",
        "voice:signal_stop": "/signaal/stop/onzin/",
        "voice:document_file": f"{found['voice:document']}bestand/",
        "report:photo": "/halfjaarbericht/verhaal/1.jpg",
        "report:lay_aside": f"{found['report:take_up']}opzij/",
        "report:erase_story": f"{found['report:take_up']}wissen/",
        "report:take_out": f"{found['report:editing']}verhaal/1/eruit/",
        "report:offer": f"{found['report:editing']}klaarzetten/",
        "report:publish": f"{found['report:editing']}publiceren/",
        "dreams:move_plan": f"{found['dreams:plan']}staat/",
        "dreams:act_on_partner": f"{found['dreams:add_partner']}1/",
        "dreams:forget_person": f"{found['dreams:add_person']}1/weg/",
        "dreams:tick_step": f"{found['dreams:change_step']}klaar/",
        "dreams:remove_step": f"{found['dreams:change_step']}weg/",
        "dreams:remove_item": f"{found['dreams:pledge']}weg/",
        "dreams:take_back_pledge": f"{found['dreams:plan']}brengt/1/weg/",
        "dreams:remove_date": f"{found['dreams:add_date']}1/weg/",
        "dreams:settle_permit": f"{found['dreams:plan']}geregeld/",
        "dreams:celebrate": f"{found['dreams:plan']}vier/",
        "dreams:add_photo": f"{found['dreams:plan']}foto/",
        "dreams:remove_photo": f"{found['dreams:plan']}foto/1/weg/",
        "dreams:plan_photo": f"{found['dreams:plan']}foto/1.jpg",
        "dreams:agree_with_date": f"{found['dreams:add_date']}1/ja/",
        "dreams:refuse_date": f"{found['dreams:add_date']}1/nee/",
        "dreams:step_by_link": "/plan-stap/onzin/",
        "dreams:bring_by_link": "/plan-brengt/onzin/",
        "dreams:pledge_by_link": "/plan-brengt-niet/onzin/",
        "dreams:leave": f"{found['dreams:join_for']}1/weg/",
        "dreams:publish": f"{found['dreams:read']}op-de-muur/",
        "dreams:erase": f"{found['dreams:read']}wis/",
        "dreams:untell": f"{found['dreams:answer']}1/terug/",
        "dreams:close_table": f"{found['dreams:table']}klaar/",
        "dreams:confirm": "/dromen/ja/onzin/",
        "dreams:stop": "/dromen/stop/onzin/",
        "dreams:photo": f"{found['dreams:dream']}foto.jpg",
        "dreams:table_photo": f"{found['dreams:table']}foto.jpg",
        "people:try_as": "/proberen/1/",
        "people:demo_accounts": "/proberen/",
        "directory:photo": f"/plekken/{garden_place.slug}/foto.jpg",
    }
    return found


@pytest.fixture
def clients(
    stranger: Client, host: User, weaver: User, coordinator: User, as_user: Callable[[User], Client]
) -> dict[str, Client]:
    return {
        "stranger": stranger,
        "host": as_user(host),
        "weaver": as_user(weaver),
        "coordinator": as_user(coordinator),
    }


def test_the_table_lists_every_address() -> None:
    assert set(names()) == set(TABLE)


def test_everybody_gets_what_the_table_says(
    pages: dict[str, str], clients: dict[str, Client]
) -> None:
    found: dict[str, Any] = {}
    for name, address in pages.items():
        found[name] = tuple(
            clients[who].get(address, HTTP_HOST="127.0.0.1").status_code for who in WHO
        )
    assert found == {name: TABLE[name] for name in pages}


def test_a_draft_does_not_exist_for_who_may_not_change_it(
    garden: Organisation, clients: dict[str, Client]
) -> None:
    Organisation.objects.filter(pk=garden.pk).update(state="draft")
    for address in (
        garden.get_absolute_url(),
        f"/meld/organisaties/{garden.slug}/",
        f"/beheer/organisaties/{garden.slug}/",
    ):
        found = [clients[who].get(address).status_code for who in WHO]
        assert found[2] == GONE and found[3] == SEE and found[0] in (GONE, LOGIN), address


def test_a_refused_attempt_is_in_the_trail(
    garden: Organisation, clients: dict[str, Client]
) -> None:
    answer = clients["weaver"].post(f"/beheer/organisaties/{garden.slug}/", {"name": "Gekaapt"})
    assert answer.status_code == NO and "niet wijzigen" in answer.content.decode()
    garden.refresh_from_db()
    assert garden.name == "De Tuin"
    page = (
        clients["coordinator"]
        .get(f"/beheer/organisaties/{garden.slug}/geschiedenis/")
        .content.decode()
    )
    assert "geweigerd" in page
