"""The longlist: spotting, inviting, answering, and from there to an application."""

import csv
import html
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.scouting import ProspectFactory, ProspectInvitationFactory
from vivaio.applications.models import Application, Prospect
from vivaio.applications.scouting import actions, importing, queries
from vivaio.applications.states import Answer, ApplicationState, ProspectState
from vivaio.kit import tokens
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import PERSONAL_LINK, OutgoingLetter

pytestmark = pytest.mark.django_db
VALUES = {"name": "Orto Volante", "source": "Fiera di Rho", "email": "ciao@orto.example.org"}


@pytest.fixture
def call():
    return open_call()


@pytest.fixture
def scout(call):
    return holder(call.programme, "community_manager")


@pytest.fixture
def prospect(call, scout):
    return actions.spot(call.programme, {**VALUES, "sector": "culture", "area": "Milano"}, by=scout)


def secret(prospect):
    """The link of the latest letter to the organisation."""
    letter = OutgoingLetter.objects.filter(letter="applications.scouted").latest("created_at")
    return letter.secret.rstrip("/").rpartition("/")[2]


def staff(name, prospect):
    return reverse(f"applications:{name}", args=[prospect.programme.slug, prospect.pk])


def test_an_organisation_stands_on_a_longlist_once(call, scout, prospect):
    with pytest.raises(Refused, match="Orto volante"):
        actions.spot(call.programme, {**VALUES, "name": "Orto volante"}, by=scout)
    actions.spot(ProgrammeFactory(), VALUES, by=None)


def test_the_letter_says_where_it_was_found_and_in_whose_words(call, scout, prospect):
    actions.invite(prospect, call, language="it", words="Ci è piaciuto il vostro orto.", by=scout)
    letter = OutgoingLetter.objects.get(letter="applications.scouted")
    assert letter.recipient_email == "ciao@orto.example.org"
    for words in ("Fiera di Rho", "Ci è piaciuto il vostro orto", "Orto Volante", str(scout)):
        assert words in letter.text
    assert Prospect.objects.get().state == ProspectState.INVITED


def test_from_the_letter_to_an_application_with_what_is_known(client, call, scout, prospect):
    actions.invite(prospect, call, by=scout)
    token = secret(prospect)
    page = client.get(reverse("applications:scouted", args=[token]))
    assert "Orto Volante" in page.content.decode()
    client.post(reverse("applications:scouted_opened", args=[token]))
    client.post(reverse("applications:scouted_interested", args=[token]))
    prospect.refresh_from_db()
    assert prospect.state == ProspectState.INTERESTED
    assert prospect.invitations.get().opened_at

    person = PersonFactory()
    client.force_login(person)
    begin = reverse("applications:scouted_begin", args=[token])
    register = client.get(begin).context["register"]
    form = client.get(register).content.decode()
    assert 'value="Orto Volante"' in form
    assert 'value="Milano"' in form
    organisation = MembershipFactory(person=person, organisation__name="Orto Volante").organisation
    answer = client.post(begin, {"track": call.tracks.first().pk, "organisation": organisation.pk})
    application = Application.objects.get()
    assert answer.url == reverse("applications:step", args=[application.pk, 1])
    assert application.response.answers["sector"] == "culture"
    prospect.refresh_from_db()
    assert (prospect.state, prospect.organisation) == (ProspectState.APPLYING, organisation)


def test_what_somebody_typed_is_never_overwritten_by_what_is_known(call, scout, prospect):
    actions.invite(prospect, call, by=scout)
    draft = ApplicationFactory(call=call)  # its sector is answered: housing
    actions.begin(
        prospect.invitations.get(),
        draft.track,
        draft.organisation,
        by=draft.organisation.memberships.get().person,
    )
    draft.response.refresh_from_db()
    assert draft.response.answers["sector"] == "housing"


def test_a_stranger_with_the_link_begins_nothing_for_another_organisation(client, call, scout, prospect):
    actions.invite(prospect, call, by=scout)
    token = secret(prospect)
    client.force_login(PersonFactory())
    theirs = MembershipFactory().organisation
    answer = client.post(
        reverse("applications:scouted_begin", args=[token]),
        {"track": call.tracks.first().pk, "organisation": theirs.pk},
    )
    assert answer.status_code == 404
    assert not Application.objects.exists()


def test_who_asks_for_silence_is_forgotten_and_not_written_to(client, call, scout, prospect):
    actions.invite(prospect, call, by=scout)
    client.post(
        reverse("applications:scouted_decline", args=[secret(prospect)]), {"reason": "No", "silent": "on"}
    )
    prospect.refresh_from_db()
    assert (prospect.email, prospect.state) == ("", ProspectState.DECLINED)
    assert not prospect.invitations.exclude(email="").exists()
    with pytest.raises(Refused):
        actions.invite(prospect, open_call(programme=call.programme), by=scout)


def test_a_second_letter_ends_the_first_link_and_an_answer_ends_the_letters(client, call, scout, prospect):
    actions.invite(prospect, call, by=scout)
    first = secret(prospect)
    actions.invite(prospect, call, by=scout)
    assert client.get(reverse("applications:scouted", args=[first])).status_code == 404
    actions.decline(prospect.invitations.get())
    with pytest.raises(Refused):
        actions.invite(prospect, call, by=scout)


def test_after_the_deadline_nothing_begins(client, call, scout, prospect):
    actions.invite(prospect, call, by=scout)
    close(call)
    token = secret(prospect)
    client.post(reverse("applications:scouted_interested", args=[token]))
    assert prospect.invitations.get().answer == ""
    with pytest.raises(Refused):
        actions.invite(ProspectFactory(programme=call.programme), call, by=scout)


def test_many_are_invited_after_the_letter_was_read(client, call, scout):
    good = [ProspectFactory(programme=call.programme) for _number in range(3)]
    ProspectFactory(programme=call.programme, silent=True)
    ProspectFactory(programme=call.programme, email="")
    foreign = ProspectFactory()
    client.force_login(scout)
    url = reverse("applications:prospect_invite_many", args=[call.programme.slug])
    assert {one.pk for one in client.get(url).context["ready"]} == {one.pk for one in good}
    sent = {"call": call.pk, "language": "en", "words": "", "prospect": [good[0].pk, good[1].pk, foreign.pk]}
    preview = client.post(url, {**sent, "step": "preview"})
    assert good[0].name in html.unescape(preview.content.decode())
    assert PERSONAL_LINK not in preview.content.decode()
    assert not OutgoingLetter.objects.exists()
    none = client.post(url, {"call": call.pk, "language": "en", "words": "Buongiorno", "step": "preview"})
    assert (none.status_code, none.context["form"].non_field_errors()) == (
        422,
        ["Scegli almeno un’organizzazione."],
    )
    assert "Buongiorno" in none.content.decode()
    client.post(url, {**sent, "step": "send"})
    client.post(url, {**sent, "step": "send"})  # a second click
    assert OutgoingLetter.objects.filter(letter="applications.scouted").count() == 2


def test_of_very_many_the_first_are_invited_and_then_the_others(client, call, scout):
    ProspectFactory.create_batch(105, programme=call.programme)
    client.force_login(scout)
    url = reverse("applications:prospect_invite_many", args=[call.programme.slug])
    page = client.get(url)
    assert page.content.decode().count('name="prospect"') == 100
    assert "Queste sono le prime 100" in page.content.decode()
    chosen = [one.pk for one in page.context["ready"]][:10]
    client.post(url, {"call": call.pk, "language": "it", "words": "", "prospect": chosen, "step": "send"})
    page = client.get(url)
    assert len(page.context["ready"]) == 95
    assert "Queste sono le prime" not in page.content.decode()


def test_what_leaves_as_a_spreadsheet_comes_back_in(client, call, scout, prospect):
    client.force_login(scout)
    url = reverse("applications:longlist", args=[call.programme.slug])
    exported = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(exported), delimiter=";"))["Nome"] == "Orto Volante"
    other = ProgrammeFactory()
    rows = importing.read(exported, other)
    assert [row.errors for row in rows] == [[]]
    actions.spot_many(other, [row.values for row in rows], by=None)
    again = other.prospects.get()
    assert (again.name, again.sector, again.area, again.source) == (
        "Orto Volante", "culture", "Milano", "Fiera di Rho",
    )  # fmt: skip


def test_each_row_of_a_spreadsheet_says_what_is_wrong_with_it(client, call, scout, prospect):
    book = Workbook()
    for row in (
        ("Name", "Source", "E-mail", "Sector", "Colour"),
        ("Nuova", "Fiera", "nuova@example.org", "Culture", "red"),
        ("Orto Volante", "Fiera", "", "", ""),
        ("Altra", "", "not an address", "astrology", ""),
    ):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    content.name = "elenco.xlsx"
    client.force_login(scout)
    url = reverse("applications:prospect_import", args=[call.programme.slug])
    page = client.post(url, {"file": content})
    rows = page.context["rows"]
    assert [bool(row.errors) for row in rows] == [False, True, True]
    assert len(rows[2].errors) == 3
    client.post(url, {"text": page.context["text"], "step": "add"})
    assert set(call.programme.prospects.values_list("name", flat=True)) == {"Orto Volante", "Nuova"}


@pytest.mark.parametrize("text", ["", "a,b\n1,2", 'Nome\tFonte\n"x\ty', "Nome\tFonte\n" + "x\ty\n" * 1001])
def test_a_sheet_that_cannot_be_read_is_refused_in_words(client, call, scout, text):
    client.force_login(scout)
    url = reverse("applications:prospect_import", args=[call.programme.slug])
    page = client.post(url, {"text": text})
    assert page.status_code == 200
    assert not call.programme.prospects.exists()
    assert page.context["form"].errors or page.context["rows"][0].errors


def test_a_column_that_is_missing_is_named_in_the_language_of_the_reader(client, call, scout):
    client.force_login(scout)
    for language, name in (("it", "«fonte»"), ("en", "“source”")):
        with translation.override(language):
            url = reverse("applications:prospect_import", args=[call.programme.slug])
        assert name in client.post(url, {"text": "Nome\nOrto"}).content.decode()


def test_what_became_of_each_is_read_from_its_application(call, scout, prospect):
    application = handed_in(call, state=ApplicationState.ADMITTED)
    Prospect.objects.filter(pk=prospect.pk).update(organisation=application.organisation)
    line = queries.longlist(call.programme).get()
    assert line.became == ApplicationState.ADMITTED
    assert queries.figures(call.programme).applied == 1


def test_a_registered_organisation_of_the_same_name_can_be_recognised(client, call, scout, prospect):
    application = handed_in(call, organisation__name="Orto volante")
    client.force_login(scout)
    client.post(staff("prospect_link", prospect), {"organisation": application.organisation_id})
    prospect.refresh_from_db()
    assert prospect.organisation == application.organisation
    with pytest.raises(Refused):
        actions.remove(prospect, by=scout)


def test_set_aside_and_back(client, call, scout, prospect):
    client.force_login(scout)
    client.post(staff("prospect_set_aside", prospect), {"reason": "Già finanziata"})
    prospect.refresh_from_db()
    assert (prospect.state, prospect.state_reason) == (ProspectState.SET_ASIDE, "Già finanziata")
    assert prospect not in queries.ready_for(call.programme, call)
    client.post(staff("prospect_bring_back", prospect))
    assert Prospect.objects.get().state == ProspectState.SPOTTED


def test_an_owner_scouts_for_the_programme(call, scout):
    with pytest.raises(Refused):
        actions.spot(call.programme, {**VALUES, "owner": PersonFactory()}, by=scout)


def test_another_programmes_lines_are_not_there(client, call, prospect):
    client.force_login(holder(ProgrammeFactory(), "manager"))
    assert client.get(staff("prospect", prospect)).status_code == 404
    assert client.post(staff("prospect_remove", prospect)).status_code == 404


def test_the_longlist_costs_the_same_with_many_lines(client, call, scout):
    client.force_login(scout)
    url = reverse("applications:longlist", args=[call.programme.slug])

    def cost():
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        return len(found)

    ProspectInvitationFactory(prospect__programme=call.programme, call=call)
    few = cost()
    for _number in range(12):
        ProspectInvitationFactory(prospect__programme=call.programme, call=call)
    assert cost() == few <= 12


def test_an_answer_is_kept_with_its_reason(call, scout, prospect):
    actions.invite(prospect, call, by=scout)
    invitation = prospect.invitations.get()
    assert invitation.token_digest == tokens.digest(secret(prospect))
    actions.decline(invitation, reason="Non ora")
    found = prospect.invitations.get()
    assert (found.answer, found.answer_reason) == (Answer.DECLINED, "Non ora")
