"""De minimis aid: declared, summed up, signed, verified, counted again when the verdict is adopted."""

import csv
import datetime as dt
import io
import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.calls import ConditionFactory
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.programmes import holder
from vivaio.applications import actions as applications
from vivaio.applications import eligibility
from vivaio.applications.actions.letting_go import empty
from vivaio.applications.deminimis import actions, queries, telling
from vivaio.applications.deminimis.content import Content, nothing_received, problems
from vivaio.applications.models import AidDeclaration, Application
from vivaio.applications.states import ApplicationState, CheckOutcome
from vivaio.calls.states import ConditionKind
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.people.models import BoardMember
from vivaio.people.states import BoardPart

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
pytestmark = pytest.mark.django_db


def asks(call, **parameters):
    """The call grants de minimis aid."""
    told = {"regime": "general", "amount": "20000.00", **parameters}
    return ConditionFactory(
        call=call, title="Aiuti de minimis", kind=ConditionKind.DE_MINIMIS, parameters=told, key="de-minimis"
    )


@pytest.fixture
def call():
    made = open_call()
    asks(made)
    return made


@pytest.fixture
def draft(call):
    return ApplicationFactory(call=call)


@pytest.fixture
def person(draft):
    return draft.created_by


def page(name, *args):
    return reverse(f"applications:{name}", args=args)


def ago(days):
    return (clock.today() - dt.timedelta(days=days)).isoformat()


def aid(amount="10000.00", on=None, **more):
    told = {"of": "", "body": "Regione Lombardia", "act": "Bando Imprese", "regime": "general", "code": ""}
    return {**told, "on": on or ago(100), "amount": amount, **more}


def content(*aids, linked=()):
    return Content(
        "undertaking", "linked" if linked else "alone", "some" if aids else "none", list(linked), list(aids)
    )


def declare(application, said=None, by=None):
    """Write and sign."""
    by = by or application.created_by
    stands = actions.write(application, said or nothing_received(), by=by, seen=0)
    return actions.sign(application, by=by, seen=stands.revision, represents=True)


def submit(draft):
    return applications.submit(draft, by=draft.created_by, declared=True, noticed=True)


def typed(**more):
    return {"activity": "undertaking", "single": "alone", "received": "some", "seen": "0", **more}


ROW = {
    "aids-0-of": "", "aids-0-body": "Comune di Milano", "aids-0-act": "Bando Quartieri",
    "aids-0-regime": "general", "aids-0-amount": "12.500,00", "aids-0-code": "123456",
}  # fmt: skip


def test_nothing_is_handed_in_without_a_signed_declaration(draft, person):
    with pytest.raises(Refused, match="de minimis"):
        submit(draft)
    stands = actions.write(draft, nothing_received(), by=person, seen=0)
    with pytest.raises(Refused, match="va firmata"):
        submit(draft)
    actions.sign(draft, by=person, seen=stands.revision, represents=True)
    done = submit(draft)
    assert done.state == ApplicationState.SUBMITTED
    assert done.checks.get(condition__kind=ConditionKind.DE_MINIMIS).outcome == CheckOutcome.MET


def test_a_call_without_such_aid_asks_for_no_declaration():
    assert submit(ApplicationFactory(call=open_call())).state == ApplicationState.SUBMITTED


def test_the_applicant_writes_and_sees_the_sum(client, draft, person):
    client.force_login(person)
    sent = typed(**ROW, **{"aids-0-on": ago(40)})
    shown = client.post(page("de_minimis_total", draft.pk), sent).content.decode()
    assert "12.500,00" in shown
    assert "287.500,00" in shown  # what remains
    assert not AidDeclaration.objects.filter(application=draft, revision__gt=0).exists()
    answer = client.post(page("de_minimis", draft.pk), {**sent, "go": "1"})
    assert answer.url == page("de_minimis_sign", draft.pk)
    words = client.get(answer.url).content.decode()
    assert "Dichiarazione sostitutiva “de minimis” ai sensi dell’art. 47" in words
    assert "Comune di Milano" in words
    assert "non risulti legale rappresentante" in words
    stands = queries.declaration_of(draft)
    client.post(page("de_minimis_sign", draft.pk), {"seen": stands.revision, "represents": "on"})
    stands.refresh_from_db()
    assert stands.is_signed
    assert stands.signed_by == person
    assert stands.total == Decimal("12500.00")
    assert "12.500,00" in stands.signed_words
    assert Record.objects.filter(verb="application.aid_declared").exists()


def test_nothing_typed_is_lost_and_each_error_names_its_row(client, draft, person):
    client.force_login(person)
    sent = typed(**ROW, **{"aids-0-on": "", "aids-1-body": "INPS", "aids-1-amount": "molti"}, go="1")
    shown = client.post(page("de_minimis", draft.pk), sent).content.decode()
    assert "Aiuto 1: scrivi la data di concessione che sta nell’atto." in shown
    assert "Aiuto 2: scrivi l’importo, per esempio 12500 o 12.500,00." in shown
    assert 'href="#id_aids-1-amount"' in shown
    assert 'value="molti"' in shown
    again = client.get(page("de_minimis", draft.pk)).content.decode()
    assert 'value="molti"' in again
    assert 'value="Comune di Milano"' in again


def test_rows_are_added_and_removed_without_script(client, draft, person):
    client.force_login(person)
    answer = client.post(page("de_minimis", draft.pk), {**typed(**ROW), "add": "aids"})
    assert answer.url.endswith("?add=aids#row-aids-1")
    assert 'name="aids-1-body"' in client.get(answer.url).content.decode()
    client.post(page("de_minimis", draft.pk), {**typed(**ROW), "seen": "1", "aids-0-remove": "on"})
    assert queries.declaration_of(draft).aids == []


def test_a_change_takes_the_signature_away(draft, person):
    stands = declare(draft)
    same = actions.write(draft, nothing_received(), by=person, seen=stands.revision)
    assert same.is_signed
    changed = actions.write(draft, content(aid()), by=person, seen=stands.revision)
    assert not changed.is_signed
    assert changed.signed_words == ""


def test_two_who_write_at_once_do_not_overwrite_each_other(client, draft, person):
    actions.write(draft, content(aid()), by=person, seen=0)
    client.force_login(person)
    shown = client.post(page("de_minimis", draft.pk), typed(**ROW)).content.decode()
    assert "ha scritto in questa dichiarazione" in shown
    assert 'value="Comune di Milano"' in shown  # what was typed is still there
    assert queries.declaration_of(draft).aids[0]["body"] == "Regione Lombardia"


def test_what_is_signed_is_what_was_read(draft, person):
    stands = actions.write(draft, nothing_received(), by=person, seen=0)
    with pytest.raises(Refused, match="cambiata"):
        actions.sign(draft, by=person, seen=stands.revision + 1, represents=True)
    with pytest.raises(Refused, match="cambiata"):
        actions.sign(draft, by=person, seen=stands.revision, represents=True, words="Altro")
    with pytest.raises(Refused, match="legale rappresentante"):
        actions.sign(draft, by=person, seen=stands.revision, represents=False)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Content(), "attività economica"),
        (Content("undertaking"), "impresa unica"),
        (Content("undertaking", "linked", "none"), "Scrivi le imprese"),
        (Content("undertaking", "alone", "none", [{"key": "l1", "name": "A", "tax_code": "1", "relation": "a"}]),
         "togli una delle due"),
        (Content("undertaking", "alone", "some"), "Scrivi gli aiuti ricevuti"),
        (content(aid(on="2999-01-01")), "futura"),
        (content(aid(on="0001-01-01")), "anno"),
        (content(aid(amount="-5")), "importo"),
        (content(aid(of="l9")), "scegli chi lo ha ricevuto"),
        (content(aid(code="COR1"), aid(code="cor1")), "compare due volte"),
        (content(aid(regime="x")), "regime"),
    ],
)  # fmt: skip
def test_what_stands_against_a_signature(said, words):
    assert any(words in one.words for one in problems(said, clock.today()))


def test_without_an_economic_activity_nothing_else_is_asked(draft):
    declare(draft, Content("none"))
    done = submit(draft)
    point = done.checks.get()
    assert point.outcome == CheckOutcome.UNKNOWN  # a person looks whether it is so
    assert "Dichiara di non esercitare" in eligibility.explain(point.condition, done)


def test_the_aid_of_linked_undertakings_counts_and_the_ceiling_is_met_to_the_cent(draft):
    other = {"key": "l1", "name": "Consorzio Alfa", "tax_code": "01234567890", "relation": "a"}
    rows = [aid("279999.99"), aid("0.01", of="l1")]
    declare(draft, content(*rows, linked=[other]))
    assert submit(draft).checks.get().outcome == CheckOutcome.MET
    (found,) = queries.found_for(draft)
    assert found.standing.remaining == 20_000


def test_beyond_the_ceiling_it_is_not_met_unless_the_call_reduces(draft):
    declare(draft, content(aid("290000.00")))
    done = submit(draft)
    assert done.checks.get().outcome == CheckOutcome.NOT_MET
    condition = done.checks.get().condition
    assert "10.000,00" in eligibility.explain(condition, done)
    condition.parameters |= {"reduces": True}
    assert eligibility.compute(condition, done) == CheckOutcome.MET
    assert "può essere ridotto a" in eligibility.explain(condition, done)


def test_the_amount_may_come_from_an_answer(draft):
    condition = draft.call.conditions.get()
    condition.parameters = {"regime": "general", "question": "sum"}
    condition.save()
    declare(draft)
    draft.response.answers["sum"] = 300000.5
    (found,) = queries.found_for(draft)
    found = queries.find(draft, condition, nothing_received(), clock.today(), signed=True)
    assert found.asked == Decimal("300000.50")
    assert telling.outcome(found) == CheckOutcome.NOT_MET


def test_the_visura_counts_where_it_knows_of_more(client, draft, settings):
    declare(draft, content(aid("1000.00")))
    found = submit(draft)
    staff = holder(draft.call.programme, "secretary")
    client.force_login(staff)
    file = SimpleUploadedFile("visura.pdf", PDF, "application/pdf")
    sent = {"checked_on": clock.today().isoformat(), "total": "295.000,00", "code": "VER1", "file": file}
    answer = client.post(page("de_minimis_check", found.pk), sent)
    assert answer.status_code == 302, answer.content.decode()
    made = found.aid_verifications.get()
    assert (made.checked_by, made.total, made.code) == (staff, Decimal("295000.00"), "VER1")
    assert found.checks.get().outcome == CheckOutcome.NOT_MET
    shown = client.get(page("de_minimis_check", found.pk)).content.decode()
    assert "È il totale della visura RNA" in shown
    file = client.get(page("de_minimis_file", found.pk, made.pk))
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    checklist = client.get(page("checklist", found.pk)).content.decode()
    assert "VER1" in checklist
    assert "Dichiarazione sostitutiva" in checklist


def test_a_visura_is_for_staff_who_decide_and_not_of_tomorrow(draft):
    declare(draft)
    found = submit(draft)
    said = {"checked_on": clock.today(), "total": Decimal(0)}
    with pytest.raises(Refused):
        actions.verify(found, **said, by=draft.created_by)
    staff = holder(draft.call.programme, "secretary")
    with pytest.raises(Refused, match="futura"):
        actions.verify(found, **{**said, "checked_on": clock.today() + dt.timedelta(days=2)}, by=staff)
    MembershipFactory(organisation=found.organisation, person=staff)
    with pytest.raises(Refused, match="Fai parte"):
        actions.verify(found, **said, by=staff)


def test_undertakings_are_copied_from_an_earlier_declaration_and_aid_is_not(client, draft, person):
    other = {"key": "l1", "name": "Consorzio Alfa", "tax_code": "01234567890", "relation": "b"}
    earlier = ApplicationFactory(call=open_call(), organisation=draft.organisation, created_by=person)
    asks(earlier.call)
    actions.write(earlier, content(aid(of="l1"), linked=[other]), by=person, seen=0)
    client.force_login(person)
    assert "Copia le imprese" in client.get(page("de_minimis", draft.pk)).content.decode()
    client.post(page("de_minimis_copy", draft.pk))
    stands = queries.declaration_of(draft)
    assert [row["name"] for row in stands.linked] == ["Consorzio Alfa"]
    assert stands.aids == []
    assert not stands.is_signed
    with pytest.raises(Refused):
        actions.copy_linked(draft, by=person)


def test_the_list_of_the_staff_and_its_file(client, call, draft):
    declare(draft, content(aid("5000.00")))
    close(call)
    Application.objects.filter(pk=draft.pk).update(created_by=draft.created_by)
    made = handed_in(call, organisation=OrganisationFactory(name="Alfa", tax_code="97103880585"))
    AidDeclaration.objects.filter(application=draft).update(application=made)
    handed_in(call, organisation=OrganisationFactory(name="Beta"))
    for one in Application.objects.filter(call=call, number__isnull=False):
        eligibility.check(one)
    client.force_login(holder(call.programme, "secretary"))
    address = reverse("applications:de_minimis_list", args=[call.programme.slug, call.slug])
    shown = client.get(address).content.decode()
    assert "Alfa" in shown
    assert "295.000,00" in shown
    assert "Alfa" not in client.get(address + "?declared=unsigned").content.decode()
    assert "Beta" not in client.get(address + "?outcome=met").content.decode()
    assert "Beta" not in client.get(address + "?q=97103880585").content.decode()
    file = client.get(address + "?export=csv")
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert "Codice fiscale del beneficiario" in rows[0]
    assert "97103880585" in rows[1]
    assert client.get(address + "?export=xlsx").status_code == 200


def test_a_call_without_such_aid_has_no_list(client):
    call = open_call()
    client.force_login(holder(call.programme, "secretary"))
    assert (
        client.get(reverse("applications:de_minimis_list", args=[call.programme.slug, call.slug])).status_code
        == 404
    )


def test_others_reach_nothing(client, draft):
    declare(draft)
    found = submit(draft)
    client.force_login(PersonFactory())
    for name in ("de_minimis", "de_minimis_sign", "de_minimis_check"):
        assert client.get(page(name, found.pk)).status_code == 404
    for name in ("de_minimis", "de_minimis_total", "de_minimis_copy"):
        assert client.post(page(name, found.pk), {}).status_code == 404


def test_what_was_handed_in_is_read_and_no_longer_written(client, draft, person):
    declare(draft, content(aid("5000.00")))
    submit(draft)
    client.force_login(person)
    shown = client.get(page("de_minimis", draft.pk)).content.decode()
    assert "Regione Lombardia" in shown
    assert "Salva" not in shown
    with pytest.raises(Refused):
        actions.write(draft, nothing_received(), by=person, seen=1)


def test_the_staff_may_ask_to_integrate_it(draft, person):
    declare(draft)
    done = submit(draft)
    close(done.call)
    staff = holder(draft.call.programme, "secretary")
    applications.settle(done.checks.get(), CheckOutcome.INTEGRATE, by=staff, note="Manca il consorzio.")
    request = applications.request_integration(
        done, "Manca il consorzio.", deadline=clock.now() + dt.timedelta(days=10), by=staff
    )
    stands = actions.write(done, content(aid("2000.00")), by=person, seen=1)
    with pytest.raises(Refused, match="va firmata"):
        applications.answer_integration(request, "Ecco.", by=person)
    actions.sign(done, by=person, seen=stands.revision, represents=True)
    applications.answer_integration(request, "Ecco.", by=person)
    assert queries.declaration_of(done).total == 2000


def test_it_goes_with_the_answers(draft):
    declare(draft)
    found = submit(draft)
    actions.verify(
        found, checked_on=clock.today(), total=Decimal(5), by=holder(draft.call.programme, "secretary")
    )
    empty(found.pk)
    assert queries.declaration_of(found) is None
    assert not found.aid_verifications.exists()


def test_the_board_says_who_represents(draft, person):
    assert not queries.represents(draft, person)
    BoardMember.objects.create(
        organisation=draft.organisation, given_name="A", family_name="B", person=person,
        part=BoardPart.LEGAL_REPRESENTATIVE,
    )  # fmt: skip
    assert queries.represents(draft, person)


@pytest.mark.parametrize("parameters", [{}, {"regime": 5, "amount": "x"}, {"amount": -1, "reduces": "yes"}])
def test_a_condition_written_wrongly_in_a_file_breaks_nothing(draft, client, person, parameters):
    condition = draft.call.conditions.get()
    condition.parameters = parameters
    condition.save()
    client.force_login(person)
    assert client.get(page("de_minimis", draft.pk)).status_code == 200
    declare(draft)
    assert submit(draft).checks.get().outcome in CheckOutcome.values


def test_hostile_posts_are_kept_or_refused_and_never_break(client, draft, person):
    client.force_login(person)
    sent = {"activity": "<script>", "seen": "x" * 50, "aids-0-body": "<script>alert(1)</script>\0", "aids-0-of": "zz",
            "aids-0-amount": "9" * 400, "aids-0-on": "9999-99-99", "linked-0-name": "è" * 2000,
            "linked-0-relation": "q", "linked-0-key": "l1", "go": "1"}  # fmt: skip
    shown = client.post(page("de_minimis", draft.pk), sent).content.decode()
    assert "<script>alert" not in shown
    assert client.post(page("de_minimis_total", draft.pk), sent).status_code == 200
    assert len(queries.declaration_of(draft).linked[0]["name"]) == 300


def test_it_travels_with_ones_data(client, draft, person):
    declare(draft, content(aid("5000.00")))
    told = queries.exported([draft])[draft.pk]
    assert json.dumps(told["aids"])
    assert told["aids"][0]["recipient"] == draft.applicant_name
