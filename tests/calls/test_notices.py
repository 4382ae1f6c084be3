"""Amendments, extensions, reopenings: what an opened call says changes in the open, and everyone concerned is told."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from tests.calls.pages import at, signed_in
from tests.factories.applications import ApplicationFactory, handed_in, open_call
from tests.factories.calls import AwardFactory, ConditionFactory, CriterionFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.applications import rules as applications
from vivaio.applications.states import ApplicationState
from vivaio.calls import full_text, jobs, queries
from vivaio.calls.asking import actions as asking
from vivaio.calls.models import CallDate, CallDocument, CallNotice
from vivaio.calls.notices import actions
from vivaio.calls.notices import queries as notices
from vivaio.calls.states import CallState, NoticeKind
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

pytestmark = pytest.mark.django_db
WHY = {"it": "Molti enti hanno chiesto più tempo.", "en": "Many bodies asked for more time."}


@pytest.fixture
def call():
    programme = ProgrammeFactory(slug="miracolo", title="Miracolo a Milano", languages=["it", "en"])
    made = open_call(programme=programme, title="Ricerca e selezione", who="Cooperative.")
    made.scoring_opens_at = made.closes_at + dt.timedelta(days=30)
    made.scoring_closes_at = made.closes_at + dt.timedelta(days=60)
    made.save()
    CriterionFactory(call=made, weight=100)
    ConditionFactory(call=made, key="milano", title="Lavora a Milano")
    AwardFactory(call=made, key="voucher", kind="voucher", title="Voucher", amount="5000.00")
    CallDate.objects.create(call=made, key="incontro", title="Incontro", at=clock.now())
    return made


@pytest.fixture
def manager(call):
    return holder(call.programme, "manager")


def published(call, by, **values):
    call.refresh_from_db()
    seen = notices.stands(call)
    return actions.publish(call, values, reasons=WHY, seen=seen, by=by)


def written():
    """The letters of what was published, as the worker writes them."""
    for job in ProcrastinateJob.objects.filter(task_name="calls.tell_notice"):
        jobs.tell_notice(**job.args)


def later(call, days=5):
    return call.closes_at + dt.timedelta(days=days)


def letters(name):
    return OutgoingLetter.objects.filter(letter=name)


def typed(client, call):
    """The form as a browser would send it back, untouched."""
    form = client.get(at(call, "notice")).context["form"]
    sent = {}
    for field in form:
        value = field.value()
        if field.name == "seen":
            sent["seen"] = value
        elif field.name not in ("documents", "hold") and value is not None:
            sent[field.name] = value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, dt.datetime) else value
    return sent | {"reason_it": WHY["it"], "reason_en": WHY["en"]}


def test_an_extension_is_looked_at_published_and_read_everywhere(call, manager):
    draft, sent = ApplicationFactory(call=call), handed_in(call)
    follower = PersonFactory(email="chi.segue@example.org")
    asking.follow(call, by=follower)
    asking.follow(call, by=sent.created_by)
    before, client = call.closes_at, signed_in(manager)
    new = (before + dt.timedelta(days=5)).replace(second=0, microsecond=0)
    said = typed(client, call) | {
        "closes_at": new.astimezone(dt.timezone(dt.timedelta(hours=1))).strftime("%Y-%m-%dT%H:%M")
    }
    page = client.post(at(call, "notice"), {**said, "look": "yes"}).content.decode()
    assert "Proroga n. 1" in page
    assert not CallNotice.objects.exists()
    call.refresh_from_db()
    assert call.closes_at == before
    client.post(at(call, "notice"), {**said, "publish": "yes"})
    notice = CallNotice.objects.get()
    call.refresh_from_db()
    assert (notice.kind, call.closes_at) == (NoticeKind.EXTENSION, new)
    assert [one["part"] for one in notice.changes] == ["closes_at"]
    page = Client().get(at(call, "call")).content.decode()
    assert "Proroga n. 1" in page
    assert "<del>" in page
    assert WHY["en"] in Client().get(at(call, "call", "en")).content.decode()
    text = "".join(
        one.extract_text()
        for one in PdfReader(
            io.BytesIO(full_text.pdf(queries.readable(follower).get(pk=call.pk), "it"))
        ).pages
    )
    assert "Proroga n. 1" in text
    feed = (
        Client()
        .get(at(call, "call").replace(f"calls/miracolo/{call.slug}/", "programmes/miracolo/news/feed.atom"))
        .content.decode()
    )
    assert "Ricerca e selezione: Proroga n. 1" in feed
    calendar = Client().get(reverse("publishing:calendar", args=["miracolo"])).content.decode()
    assert f"{new:%Y%m%dT%H%M}" in calendar
    written()
    told = {one.recipient_email for one in letters("applications.call_changed")}
    assert told == {draft.created_by.email, sent.created_by.email}
    assert [one.recipient_email for one in letters("calls.notice_followed")] == [follower.email]
    assert WHY["it"] in letters("applications.call_changed").first().text.replace("\n", " ")
    assert Record.objects.filter(verb="calls.extended", subject_id=notice.pk).exists()
    assert client.get(at(call, "manage")).status_code == 200


def test_an_amendment_says_what_each_part_said_before(call, manager):
    track = call.tracks.get()
    places = track.places
    notice = published(
        call, manager,
        **{
            f"tracks-{track.key}-places": places + 3,
            "who-it": "Anche i consorzi.",
            "conditions-milano-title-it": "Ha sede a Milano",
            "awards-voucher-amount": 7500,
        },
    )  # fmt: skip
    assert notice.kind == NoticeKind.AMENDMENT
    track.refresh_from_db()
    assert track.places == places + 3
    page = Client().get(at(call, "call")).content.decode()
    for words in (
        "Rettifica n. 1",
        "Cooperative.",
        "Anche i consorzi.",
        "Lavora a Milano",
        "Ha sede a Milano",
    ):
        assert words in page
    assert "7.500" in page


STUDIO = {"name": "Studio Bianchi", "code": "00743110157"}


def test_the_terms_of_a_voucher_change_in_words_from_the_form_to_the_letter(call, manager):
    call.awards.update(buys=["training"], suppliers=[STUDIO], lasts_months=12)
    sent, client = handed_in(call), signed_in(manager)
    last = clock.today(call.time_zone) + dt.timedelta(days=700)
    said = typed(client, call) | {
        "awards-voucher-buys": ["training", "consultancy"],
        "awards-voucher-suppliers": "Studio Bianchi; 00743110157\r\nVerdi e soci; IT 12345670157",
        "awards-voucher-last_day": last.isoformat(),
        "awards-voucher-lasts_months": "",
    }
    look = client.post(at(call, "notice"), {**said, "look": "yes"}).content.decode()
    assert "Che cosa può acquistare: Voucher" in look
    client.post(at(call, "notice"), {**said, "publish": "yes"})
    award = call.awards.get()
    assert (sorted(award.buys), award.last_day, award.lasts_months) == (
        ["consultancy", "training"],
        last,
        None,
    )
    assert [one["code"] for one in award.suppliers] == ["00743110157", "12345670157"]
    before_and_after = {
        "it": ("<del>Formazione</del>", "Consulenza, Formazione", "Studio Bianchi, Verdi e soci",
               "<del>12 mesi dall’assegnazione</del>", "non indicato"),
        "en": ("<del>Training</del>", "Consultancy, Training", "Studio Bianchi, Verdi e soci",
               "<del>12 months from being awarded</del>", "not said"),
    }  # fmt: skip
    for language, words in before_and_after.items():
        page = Client().get(at(call, "call", language)).content.decode()
        assert [one for one in words if one not in page] == []
        assert "12345670157" not in page
    notice = CallNotice.objects.get()
    assert "12345670157" not in str(notice.changes), "what everybody reads keeps names alone"
    parts = ["awards.buys", "awards.last_day", "awards.lasts_months", "awards.suppliers"]
    assert sorted(Record.objects.get(verb="calls.rectified", subject_id=notice.pk).fields) == parts
    written()
    told = letters("applications.call_changed").get(recipient_email=sent.created_by.email)
    letter = " ".join(told.text.split())
    assert "Consulenza, Formazione" in letter
    assert "Verdi e soci" in letter
    assert client.get(at(call, "notice")).status_code == 200


def test_a_corrected_tax_code_is_told_without_it(call, manager):
    call.awards.update(suppliers=[STUDIO])
    published(call, manager, **{"awards-voucher-suppliers": [{**STUDIO, "code": "12345670157"}]})
    page = Client().get(at(call, "call")).content.decode()
    assert "Studio Bianchi (codice fiscale o partita IVA corretti)" in page
    assert "12345670157" not in page


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("lasts_months", "6", "non entrambi"),
        ("lasts_months", "0", ""),
        ("suppliers", "Verdi e soci", "codice fiscale"),
        ("suppliers", "Verdi e soci; 01234567890", ""),
        ("last_day", "2020-01-01", "ancora a venire"),
        ("last_day", "9999-01-01", "troppo lontano"),
        ("buys", ["holidays"], ""),
    ],
)
def test_what_a_voucher_cannot_say_is_told_at_its_field(call, manager, field, value, why):
    call.awards.update(last_day=clock.today() + dt.timedelta(days=400))
    client, key = signed_in(manager), f"awards-voucher-{field}"
    answer = client.post(at(call, "notice"), {**typed(client, call), key: value, "publish": "yes"})
    assert why in " ".join(answer.context["form"].errors[key])
    assert not CallNotice.objects.exists()


def test_terms_that_do_not_hold_together_are_refused_without_a_form_too(call, manager):
    call.awards.update(last_day=clock.today() + dt.timedelta(days=400))
    soon = call.closes_at.date() - dt.timedelta(days=1)
    for name, value, why in (("lasts_months", 6, "non entrambi"), ("last_day", soon, "ancora a venire")):
        with pytest.raises(Refused, match=why):
            published(call, manager, **{f"awards-voucher-{name}": value})
    assert not CallNotice.objects.exists()


def test_a_place_buys_nothing_and_choices_in_another_order_are_no_change(call, manager):
    AwardFactory(call=call, key="posto", title="Posto", kind="place")
    call.awards.filter(key="voucher").update(buys=["training", "consultancy"], suppliers=[STUDIO])
    client = signed_in(manager)
    said = typed(client, call)
    assert not [key for key in said if key.startswith("awards-posto-buys")]
    said["awards-voucher-buys"] = ["consultancy", "training"]
    assert "Non c’è nulla di diverso" in client.post(at(call, "notice"), said).content.decode()


def test_only_what_is_different_counts_and_nothing_is_no_notice(call, manager):
    client = signed_in(manager)
    page = client.post(at(call, "notice"), {**typed(client, call), "publish": "yes"}).content.decode()
    assert "Non c’è nulla di diverso" in page
    assert not CallNotice.objects.exists()


def test_the_closing_is_only_ever_moved_on(call, manager):
    for value, why in (
        (call.closes_at - dt.timedelta(days=1), "solo spostare in avanti"),
        (later(call, 40), "giuria comincerebbe"),
    ):
        with pytest.raises(Refused, match=why):
            published(call, manager, closes_at=value)
    call.refresh_from_db()
    published(
        call,
        manager,
        closes_at=later(call, 40),
        scoring_opens_at=later(call, 41),
        scoring_closes_at=later(call, 70),
    )
    call.refresh_from_db()
    with pytest.raises(Refused, match="domande finiscono"):
        published(call, manager, questions_until=later(call, 1))


def test_after_the_closing_it_is_a_reopening_and_what_was_handed_in_opens_again(call, manager, time_machine):
    sent = handed_in(call)
    time_machine.move_to(later(call, 1), tick=False)
    call.refresh_from_db()
    with pytest.raises(Refused, match="ancora venire"):
        published(call, manager, closes_at=call.closes_at + dt.timedelta(hours=1))
    with pytest.raises(Refused, match="solo se si riaprono"):
        published(call, manager, **{"who-it": "Tutti."})
    assert applications.reopen(sent, sent.created_by)
    notice = published(call, manager, **{"closes_at": later(call), "who-it": "Tutti."})
    assert (notice.kind, str(notice)) == (NoticeKind.REOPENING, "Riapertura dei termini n. 1")
    sent.call.refresh_from_db()
    assert applications.reopen(sent, sent.created_by) is None


def test_terms_are_not_reopened_once_something_was_decided(call, manager, time_machine):
    handed_in(call, state=ApplicationState.ADMITTED)
    time_machine.move_to(later(call, 1), tick=False)
    before = call.closes_at
    with pytest.raises(Refused, match="già decisioni"):
        published(call, manager, closes_at=later(call))
    call.refresh_from_db()
    assert call.closes_at == before
    assert not CallNotice.objects.exists()
    published(call, manager, **{f"tracks-{call.tracks.get().key}-places": 9})  # more places are no new terms


@pytest.mark.parametrize("state", [CallState.DRAFT, CallState.CONCLUDED, CallState.WITHDRAWN])
def test_what_is_not_open_takes_no_notice(call, manager, state):
    call.state = state
    call.save()
    with pytest.raises(Refused):
        published(call, manager, closes_at=later(call))


def test_before_the_opening_no_notice_is_needed_and_after_it_the_sections_are_locked(call, manager):
    client = signed_in(manager)
    for section, field in (("texts", "who"), ("windows", "closes_at")):
        assert client.get(at(call, "edit", section=section)).context["form"].fields[field].disabled
    call.opens_at = clock.now() + dt.timedelta(days=1)
    call.save()
    assert "senza avviso" in client.get(at(call, "notice")).content.decode()


def test_pressed_twice_it_is_published_once(call, manager):
    client = signed_in(manager)
    said = typed(client, call) | {"who_it": "", "who-it": "Tutti.", "publish": "yes"}
    client.post(at(call, "notice"), said)
    again = client.post(at(call, "notice"), said).content.decode()
    assert "è cambiato da quando" in again
    assert CallNotice.objects.count() == 1


def test_letters_are_held_if_asked_for(call, manager):
    handed_in(call)
    client = signed_in(manager)
    client.post(
        at(call, "notice"), {**typed(client, call), "who-it": "Tutti.", "hold": "on", "publish": "yes"}
    )
    written()
    assert letters("applications.call_changed").get().state == State.HELD


def test_nobody_waits_for_the_letters_and_nobody_gets_two(call, manager):
    asking.follow(call, by=PersonFactory(email="chi.segue@example.org"))
    handed_in(call)
    published(call, manager, **{"who-it": "Tutti."})
    about_it = OutgoingLetter.objects.filter(
        letter__in=["applications.call_changed", "calls.notice_followed"]
    )
    assert not about_it.exists()
    for _time in ("once", "again"):
        written()
        assert about_it.count() == 2
    CallNotice.objects.all().delete()
    written()
    assert about_it.count() == 2


def test_a_document_is_announced_once(call, manager):
    document = CallDocument.objects.create(call=call, title="Modello di bilancio", name="a.pdf", size=1)
    client = signed_in(manager)
    said = typed(client, call) | {"documents": [str(document.pk)], "publish": "yes"}
    client.post(at(call, "notice"), said)
    assert "Modello di bilancio" in Client().get(at(call, "call")).content.decode()
    assert not client.get(at(call, "notice")).context["form"].documents_to_choose


def test_others_publish_nothing(call):
    for person in (holder(ProgrammeFactory(), "manager"), holder(call.programme, "auditor"), PersonFactory()):
        client = signed_in(person)
        assert client.get(at(call, "notice")).status_code == 404
        assert client.post(at(call, "notice"), {"publish": "yes", "reason_it": "x"}).status_code == 404
        with pytest.raises(Refused):
            published(call, person, closes_at=later(call))


def test_hostile_words_harm_nobody(call, manager):
    script = "<script>alert(1)</script>[x](javascript:alert(1))" + "x" * 200
    handed_in(call)
    seen = notices.stands(type(call).objects.get(pk=call.pk))
    values = {"who-it": script, "conditions-milano-title-it": script[:40]}
    actions.publish(call, values, reasons={"it": script[:80], "en": ""}, seen=seen, by=manager)
    written()
    for page in (Client().get(at(call, "call")), signed_in(manager).get(at(call, "notice"))):
        text = page.content.decode()
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
    assert "<script>alert" not in letters("applications.call_changed").get().html
    assert full_text.pdf(queries.readable(manager).get(pk=call.pk)).startswith(b"%PDF")


@pytest.mark.parametrize(
    "field", ["closes_at", "seen", "who-it", "awards-voucher-amount", "dates-incontro-at"]
)
@pytest.mark.parametrize(
    "value", ["\0", "0001-01-01T00:00", "NaN", "9" * 40, "\ud800".encode("utf-8", "replace").decode()]
)
def test_nonsense_is_told_at_its_field(call, manager, field, value):
    client = signed_in(manager)
    said = typed(client, call) | {field: value, "publish": "yes"}
    assert client.post(at(call, "notice"), said).status_code in (200, 302)
