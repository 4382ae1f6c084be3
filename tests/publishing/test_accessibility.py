"""The accessibility statement, the form beside it, and reports followed until they are answered."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from tests.factories.accessibility import EntryFactory, ReportFactory, key_of
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.postman import deliver, path_in, words_of
from tests.together import at_once
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import actions as people
from vivaio.people import jobs as people_jobs
from vivaio.people.gathering import Gathered
from vivaio.people.models import ErasureRequest
from vivaio.programmes import actions as programmes
from vivaio.programmes.models import Purpose
from vivaio.publishing import jobs
from vivaio.publishing.accessibility import actions, queries, rules
from vivaio.publishing.models import AccessibilityReport, AccessibilityStatement
from vivaio.publishing.reactions import reports_gathered
from vivaio.publishing.states import ReportState

pytestmark = pytest.mark.django_db
BARRIER = "Con la tastiera non arrivo al pulsante «Invia»."


def url(name, *arguments):
    return reverse(f"publishing:{name}", args=arguments)


@pytest.fixture
def administrator():
    return PersonFactory(is_administrator=True, email="amministra@example.org", language="it")


@pytest.fixture
def staff(administrator):
    browser = Client()
    browser.force_login(administrator)
    return browser


def filled(client, **more):
    """Open the form, fill it in."""
    found = re.search(r'name="nonce" value="(\w+)"', client.get(url("report_barrier")).content.decode())
    return {"kind": "barrier", "barrier": BARRIER, "nonce": found[1], **more}


def sent(client, **more):
    """Open the form, fill it in, send it."""
    return client.post(url("report_barrier"), filled(client, **more))


def words_on(page):
    """What stands in a page, without its tags, menu and foot."""
    main = page.content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def letters(name):
    return list(OutgoingLetter.objects.filter(letter=f"publishing.accessibility_{name}"))


def in_days(days):
    return clock.rehearsing(clock.now() + dt.timedelta(days=days))


# The statement


def test_until_somebody_writes_it_the_statement_says_what_is_true_of_the_product(client):
    for language, not_yet, missing in (
        ("it", "non ha ancora completato", "audiodescrizione"),
        ("en", "has not completed this statement yet", "audio description"),
    ):
        page = client.get(f"/{language}/accessibility/").content.decode()
        assert not_yet in page
        assert missing in page
        assert "agid.gov.it" in page


def test_the_administrator_writes_it_in_both_languages_and_it_is_dated_and_journalled(staff, client):
    form = {
        "body": "Comune di Milano", "email": "accessibilita@example.org", "status": "partial", "method": "own",
        "assessed_on": "2026-03-02", "nonconforming_it": "- La mappa dei quartieri", "nonconforming_en": "- The map",
        "burden_it": "I video del 2009.",
    }  # fmt: skip
    assert staff.post(url("accessibility_statement"), form).status_code == 302
    italian, english = (client.get(f"/{code}/accessibility/").content.decode() for code in ("it", "en"))
    assert "Comune di Milano" in italian
    assert "La mappa dei quartieri" in italian
    assert "2 marzo 2026" in italian
    assert "The map" in english
    assert "audiodescrizione" not in italian, "what was struck out is not declared any more"
    assert "Onere sproporzionato" in italian
    assert AccessibilityStatement.objects.get().reviewed_on == clock.today()
    assert Record.objects.filter(verb="accessibility.declared").count() == 1


def test_a_statement_that_says_it_was_assessed_says_when_and_nothing_typed_is_lost(staff):
    form = {
        "body": "Comune",
        "email": "a@example.org",
        "status": "full",
        "method": "own",
        "outside_it": "Le mappe",
    }
    answer = staff.post(url("accessibility_statement"), form)
    assert answer.status_code == 422
    assert "Le mappe" in answer.content.decode()
    assert not AccessibilityStatement.objects.exists()


def test_nobody_else_writes_the_statement_or_reads_reports():
    report = ReportFactory()
    browser = Client()
    browser.force_login(holder(ProgrammeFactory(), "manager"))
    for address in (
        url("accessibility_statement"),
        url("accessibility_reports"),
        report.get_absolute_url(),
        url("accessibility_remove", report.pk),
    ):
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"text": "Ecco"}).status_code in (404, 405)
    with pytest.raises(Refused):
        actions.answer(report, "Ecco", by=PersonFactory())


# The form


def test_the_foot_of_a_page_leads_to_the_form_with_that_page_filled_in(client):
    page = client.get("/it/help/").content.decode()
    link = re.search(r'href="([^"]*accessibility/report/[^"]*)"', page)[1]
    assert 'value="/it/help/"' in client.get(link).content.decode()


def test_the_secret_of_a_letter_never_gets_into_the_form(client):
    token = key_of(ReportFactory())
    page = client.get(url("own_report", token)).content.decode()
    link = re.search(r'href="([^"]*accessibility/report/[^"]*)"', page)[1]
    assert "from" not in link


def test_a_report_without_account_and_without_address_is_followed_on_a_page_of_its_own(client, staff):
    answer = sent(client)
    own = answer.url
    page = client.get(own).content.decode()
    assert BARRIER in page
    assert f"http://testserver{own}" in page, "the address is shown"
    assert f"http://testserver{own}" not in client.get(own).content.decode(), "once"
    report = AccessibilityReport.objects.get()
    assert report.due_on == clock.today() + dt.timedelta(days=30)
    assert not letters("receipt")
    staff.post(report.get_absolute_url(), {"text": "Ci stiamo lavorando.", "outcome": "open"})
    answered = Client().get(own).content.decode()
    assert "Ci stiamo lavorando." in answered
    assert "Difensore civico" in answered


def test_who_leaves_an_address_gets_a_receipt_that_opens_the_page_and_repeats_nothing_typed(client):
    sent(client, email="chi.segnala@example.org", page="COMPRA-ORA")
    deliver()
    [receipt] = letters("receipt")
    assert receipt.recipient_email == "chi.segnala@example.org"
    [message] = [one for one in deliver() if one.to == ["chi.segnala@example.org"]]
    assert BARRIER not in message.body
    assert "COMPRA-ORA" not in message.body
    own = re.search(r"https?://[^/\s]+(/it/accessibility/reports/\S+)", message.body)[1]
    assert BARRIER in Client().get(own).content.decode()


def test_the_address_of_who_is_signed_in_is_filled_in(client):
    client.force_login(PersonFactory(email="ada@example.org"))
    assert 'value="ada@example.org"' in client.get(url("report_barrier")).content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_is_still_there(client):
    answer = sent(client, email="non un indirizzo", page="/it/", tools="NVDA, " + "x" * 40)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert escape(BARRIER) in page
    assert "NVDA" in page
    assert not AccessibilityReport.objects.exists()
    assert sent(client, barrier="x" * 4001).status_code == 422
    assert sent(client, barrier="  ").status_code == 422
    assert sent(client, barrier="a\0b").status_code == 422
    assert not AccessibilityReport.objects.exists()


def test_hostile_text_is_shown_as_text_and_leads_nowhere(client, staff):
    own = sent(client, barrier="<script>alert(1)</script>", page="javascript:alert(1)").url
    report = AccessibilityReport.objects.get()
    for page in (
        client.get(own),
        staff.get(report.get_absolute_url()),
        staff.get(url("accessibility_reports")),
    ):
        text = page.content.decode()
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
    for elsewhere in ("//example.org", "/\\example.org", "https://example.org/", "javascript:alert(1)"):
        assert ReportFactory(page=elsewhere).local_page == ""
    assert ReportFactory(page="/it/help/").local_page == "/it/help/"


def test_the_button_pressed_twice_makes_one_report_and_other_words_another(client):
    form = client.get(url("report_barrier")).content.decode()
    nonce = re.search(r'name="nonce" value="(\w+)"', form)[1]
    data = {"kind": "barrier", "barrier": BARRIER, "nonce": nonce, "email": "a@example.org"}
    first, second = (client.post(url("report_barrier"), data) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert BARRIER in client.get(second.url).content.decode()
    assert AccessibilityReport.objects.count() == 1
    assert len(letters("receipt")) == 1
    client.post(url("report_barrier"), data | {"barrier": "Un altro ostacolo."})
    assert AccessibilityReport.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_in_the_same_instant_make_one_report():
    data = {"kind": "barrier", "barrier": BARRIER, "nonce": "uno", "email": "a@example.org"}
    browsers = [Client(), Client()]
    answers = at_once(*[lambda one=one: one.post(url("report_barrier"), data) for one in browsers])
    assert [answer.status_code for answer in answers] == [302, 302]
    assert len({answer.url for answer in answers}) == 2, "each opens the page by an address of its own"
    assert AccessibilityReport.objects.count() == 1
    assert len(letters("receipt")) == 1


def test_nobody_reaches_the_report_of_somebody_else_with_their_own_form(client):
    data = {"barrier": BARRIER, "kind": "barrier"}
    mine = actions.receive(data, nonce="stesso")
    by = PersonFactory()
    assert actions.receive(data, nonce="altro").pk != mine.pk
    assert actions.receive(data, nonce="stesso", by=by).pk != mine.pk


def test_a_flood_from_one_place_is_stopped_and_keeps_what_was_typed(client):
    for number in range(rules.MOST_AN_HOUR):
        assert sent(client, barrier=f"Ostacolo {number}").status_code == 302
    answer = sent(client, barrier="L’ultimo ostacolo")
    assert answer.status_code == 429
    assert "L’ultimo ostacolo" in answer.content.decode()
    assert sent(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302, "others are not stopped"
    with in_days(0.05):
        assert sent(client).status_code == 302


def test_behind_a_proxy_each_connection_counts_for_itself(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(rules.MOST_AN_HOUR):
        actions.receive({"barrier": f"Ostacolo {number}", "kind": "barrier"}, source="x")
    here = Client(HTTP_X_FORWARDED_FOR="198.51.100.1, 192.0.2.9")
    there = Client(HTTP_X_FORWARDED_FOR="198.51.100.1, 192.0.2.10")
    sent(here)
    sent(there)
    found = set(AccessibilityReport.objects.exclude(source="x").values_list("source", flat=True))
    assert len(found) == 2
    assert not [source for source in found if "192" in source and "." in source]


def test_nobody_fills_somebody_elses_mailbox(client):
    for number in range(rules.RECEIPTS_A_DAY + 3):
        sent(client, barrier=f"Ostacolo {number}", email="vittima@example.org")
    assert AccessibilityReport.objects.count() == rules.RECEIPTS_A_DAY + 3
    assert len(letters("receipt")) == rules.RECEIPTS_A_DAY


def test_from_where_a_report_came_is_forgotten_after_a_day(client):
    sent(client)
    jobs.forget_sources(0)
    assert AccessibilityReport.objects.get().source
    with in_days(1.1):
        jobs.forget_sources(0)
        jobs.forget_sources(0)
    assert AccessibilityReport.objects.get().source == ""


# The page of who reported


def test_nobody_guesses_the_page_of_a_report(client):
    report = ReportFactory()
    token = key_of(report)
    assert client.get(url("own_report", token)).status_code == 200
    for guess in (str(report.pk), str(report.number), token[:-1], token + "x", token.swapcase()):
        answer = client.get(url("own_report", guess))
        assert answer.status_code == 404
        assert client.post(url("own_report", guess), {"text": "Ecco"}).status_code == 404
    assert report.entries.count() == 0


def test_the_page_of_a_report_is_kept_by_no_cache_and_found_by_no_search_engine(client):
    answer = client.get(url("own_report", key_of(ReportFactory())))
    assert "no-store" in answer["Cache-Control"]
    assert 'name="robots" content="noindex"' in answer.content.decode()
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /it/accessibility/reports/" in robots
    assert "Disallow: /it/accessibility/\n" not in robots


def test_a_further_message_to_an_answered_report_opens_it_again_with_a_new_term(client, administrator):
    report = ReportFactory(due_on=clock.today() + dt.timedelta(days=3))
    actions.answer(report, "È sistemato.", outcome="mended", by=administrator)
    own = url("own_report", key_of(report))
    assert client.post(own, {"text": "Non ancora, purtroppo."}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.outcome) == (ReportState.IN_HAND, "")
    assert report.waits_until == clock.today() + dt.timedelta(days=30)
    assert report.due_on == clock.today() + dt.timedelta(days=3), "the term of the first answer stays"
    assert report.in_time


def test_a_message_sent_twice_stands_once_and_a_flood_of_them_is_stopped(client):
    report = ReportFactory()
    own = url("own_report", key_of(report))
    for _ in range(2):
        client.post(own, {"text": "Succede anche con Chrome."})
    assert report.entries.count() == 1
    for number in range(rules.MESSAGES_A_DAY):
        last = client.post(own, {"text": f"E poi, volta {number}"})
    assert report.entries.count() == rules.MESSAGES_A_DAY
    assert last.status_code == 422
    assert f"E poi, volta {rules.MESSAGES_A_DAY - 1}" in last.content.decode()


# Those who answer


def test_the_answer_reaches_who_wrote_by_letter_with_a_way_to_their_page(staff, administrator):
    report = ReportFactory(email="chi.segnala@example.org", language="en")
    staff.post(url("accessibility_take", report.pk))
    staff.post(
        report.get_absolute_url(), {"text": "Sistemato:\n\n[x](http://example.org)", "outcome": "mended"}
    )
    report.refresh_from_db()
    assert (report.state, report.outcome, report.waits_until) == (ReportState.CLOSED, "mended", None)
    assert report.answered_on == clock.today()
    [message] = [one for one in deliver() if one.to == ["chi.segnala@example.org"]]
    assert "the barrier is mended" in message.body
    own = re.search(r"https?://[^/\s]+(/en/accessibility/reports/\S+)", message.body)[1]
    page = Client().get(own).content.decode()
    assert "Sistemato" in page
    assert str(administrator) not in page, "it is the body that answers"


def test_the_same_answer_is_not_sent_twice_and_a_closed_report_is_taken_up_first(staff, administrator):
    report = ReportFactory(email="chi.segnala@example.org")
    for _ in range(2):
        staff.post(report.get_absolute_url(), {"text": "Ci lavoriamo.", "outcome": "open"})
    assert len(letters("answer")) == 1
    actions.answer(report, "Non si può: il video è del 2009.", outcome="not_mended", by=administrator)
    with pytest.raises(Refused):
        actions.answer(report, "Anzi, si può.", by=administrator)
    actions.take(report, by=administrator)
    with pytest.raises(Refused):
        actions.take(report, by=administrator)
    actions.answer(report, "Anzi, si può.", by=administrator)
    report.refresh_from_db()
    assert (report.state, report.outcome) == (ReportState.ANSWERED, "")


def test_an_answer_without_words_is_no_answer(staff):
    report = ReportFactory()
    assert staff.post(report.get_absolute_url(), {"text": " ", "outcome": "mended"}).status_code == 422
    report.refresh_from_db()
    assert report.state == ReportState.RECEIVED


def test_the_list_says_how_many_days_are_left_and_narrows_by_them(staff):
    today = clock.today()
    for number, days in enumerate((-2, 5, 20)):
        ReportFactory(barrier=f"Ostacolo{number}", due_on=today + dt.timedelta(days=days))
    ReportFactory(barrier="Ostacolo3", waits_until=None, state=ReportState.CLOSED, outcome="mended")

    def listed(**query):
        return re.findall(r"Ostacolo\d", staff.get(url("accessibility_reports"), query).content.decode())

    page = staff.get(url("accessibility_reports")).content.decode()
    assert "2 giorni di ritardo" in page
    assert "5 giorni<" in page
    assert listed() == ["Ostacolo0", "Ostacolo1", "Ostacolo2", "Ostacolo3"]
    assert listed(left="late") == ["Ostacolo0"]
    assert listed(left="week") == ["Ostacolo1"]
    assert listed(left="more") == ["Ostacolo2"]
    assert listed(left="none") == listed(state="closed") == ["Ostacolo3"]
    assert listed(q="ostacolo2") == ["Ostacolo2"]
    exported = b"".join(staff.get(url("accessibility_reports"), {"export": "csv"}).streaming_content).decode()
    assert len(re.findall(r"Ostacolo\d", exported)) == 4


def test_what_is_no_report_is_deleted_after_asking_and_the_register_keeps_that_it_was(staff):
    report = ReportFactory()
    EntryFactory(report=report)
    assert staff.get(url("accessibility_remove", report.pk)).status_code == 200
    assert AccessibilityReport.objects.exists()
    staff.post(url("accessibility_remove", report.pk), {"confirmed": "yes"})
    assert not AccessibilityReport.objects.exists()
    assert Record.objects.filter(verb="accessibility.removed", subject_id=report.pk).exists()


def test_administrators_are_written_to_and_not_for_each_of_many(client, administrator):
    sent(client)
    sent(client, barrier="Un altro")
    [letter] = letters("waits")
    assert letter.recipient_email == administrator.email
    assert path_in(words_of(letter)).startswith("/it/accessibility/manage/")


def test_seven_days_before_and_when_it_has_passed_the_administrators_are_reminded_once(client, administrator):
    own = sent(client).url
    report = AccessibilityReport.objects.get()
    for days, told in ((22, 0), (23, 1), (24, 1), (30, 1), (31, 2), (40, 2)):
        with in_days(days):
            jobs.accessibility_terms(0)
            jobs.accessibility_terms(0)
        assert len(letters("term")) == told, days
    with in_days(41):
        actions.answer(report, "Ecco, in ritardo.", by=administrator)
        client.post(own, {"text": "Non basta."})
    with in_days(41 + 23):
        jobs.accessibility_terms(0)
        assert len(letters("term")) == 3, "the new term has a reminder of its own"
    with in_days(41 + 31):
        jobs.accessibility_terms(0)
        assert len(letters("term")) == 4


def test_what_is_answered_is_not_reminded_of(administrator):
    report = ReportFactory(due_on=clock.today())
    actions.answer(report, "Ecco.", by=administrator)
    jobs.accessibility_terms(0)
    assert letters("term") == []


def test_the_desk_shows_administrators_what_waits(staff):
    assert (
        "segnalazion"
        not in staff.get(reverse("desk:home")).content.decode().split("<main")[1].split("<footer")[0]
    )
    ReportFactory()
    page = staff.get(reverse("desk:home")).content.decode()
    assert "Rispondere a 1 segnalazione di accessibilità" in page
    browser = Client()
    browser.force_login(holder(ProgrammeFactory(), "manager"))
    assert "segnalazione di accessibilità" not in browser.get(reverse("desk:home")).content.decode()


def test_who_is_signed_in_finds_their_reports_again_and_nobody_elses(client):
    person = PersonFactory()
    client.force_login(person)
    assert "Non hai ancora segnalato nulla" in words_on(client.get(url("my_reports")))
    arrived = words_on(client.post(url("report_barrier"), filled(client), follow=True))
    assert "la ritrovi anche fra le tue segnalazioni" in arrived
    report = AccessibilityReport.objects.get()
    ReportFactory(barrier="Di qualcun altro.", email=person.email)
    page = client.get(url("my_reports")).content.decode()
    assert url("my_report", report.pk) in page
    assert "Di qualcun altro." not in page
    client.post(url("my_report", report.pk), {"text": "Succede anche con Chrome."})
    assert "Succede anche con Chrome." in client.get(url("my_report", report.pk)).content.decode()
    stranger = Client()
    assert stranger.get(url("my_report", report.pk)).status_code == 302
    stranger.force_login(PersonFactory())
    assert stranger.get(url("my_report", report.pk)).status_code == 404
    assert stranger.post(url("my_report", report.pk), {"text": "Io no."}).status_code == 404


def test_the_desk_reminds_administrators_to_write_the_statement_and_to_review_it_each_year(staff):
    assert "Completare la dichiarazione di accessibilità" in words_on(staff.get(reverse("desk:home")))
    AccessibilityStatement.objects.create(body="Comune", reviewed_on=clock.today() - dt.timedelta(days=300))
    assert "dichiarazione di accessibilità" not in words_on(staff.get(reverse("desk:home")))
    AccessibilityStatement.objects.update(reviewed_on=clock.today() - dt.timedelta(days=340))
    assert "Rivedere la dichiarazione di accessibilità" in words_on(staff.get(reverse("desk:home")))
    person = Client()
    person.force_login(PersonFactory())
    assert "dichiarazione di accessibilità" not in words_on(person.get(reverse("desk:home")))


def test_the_public_statement_tells_how_many_came_and_were_answered_in_time(client, administrator):
    today = clock.today()
    in_time, late = ReportFactory(), ReportFactory(due_on=today - dt.timedelta(days=1))
    for report in (in_time, late):
        actions.answer(report, "Ecco.", by=administrator)
    ReportFactory()
    ReportFactory(due_on=today - dt.timedelta(days=3))
    old = ReportFactory()
    AccessibilityReport.objects.filter(pk=old.pk).update(created_at=clock.now() - dt.timedelta(days=400))
    assert queries.numbers() == queries.Numbers(received=4, in_time=1, late=1, waiting=1, overdue=1)
    page = client.get(url("accessibility")).content.decode()
    assert re.search(r"Ricevute</dt><dd>4<", page)
    assert re.search(r"Con riscontro nei termini</dt><dd>1<", page)


# Personal data


def test_settled_reports_go_after_two_years_and_what_waits_stays(administrator):
    settled, waiting = ReportFactory(), ReportFactory()
    actions.answer(settled, "Ecco.", outcome="mended", by=administrator)
    with in_days(729):
        assert programmes.carry_out(None, "accessibility") == 0
    with in_days(731):
        assert programmes.carry_out(None, "accessibility") == 1
        assert programmes.carry_out(None, "accessibility") == 0
    assert list(AccessibilityReport.objects.all()) == [waiting]


def test_the_register_of_processing_names_the_reports_from_the_first_one_and_keeps_its_words(client, staff):
    sent(client)
    purpose = Purpose.objects.get(programme=None)
    assert (purpose.basis, purpose.title) == ("legal_obligation", "Segnalazioni di accessibilità")
    assert "Accessibility reports" in staff.get("/en/installation/privacy/register/").content.decode()
    Purpose.objects.filter(pk=purpose.pk).update(title="Parole dell’ente")
    staff.post(url("accessibility_statement"), {
        "body": "Comune", "email": "a@example.org", "status": "partial", "method": "makers",
    })  # fmt: skip
    assert Purpose.objects.get(programme=None).title == "Parole dell’ente"


def test_a_person_gets_a_copy_of_what_they_reported_and_of_nobody_elses(client):
    person = PersonFactory(email="ada@example.org")
    mine = ReportFactory(person=person, barrier="Il mio ostacolo")
    EntryFactory(report=mine, by_body=True, text="La risposta")
    ReportFactory(email="ADA@example.org", barrier="Senza account")
    ReportFactory(person=PersonFactory(), email="ada@example.org", barrier="Di un’altra persona")
    into = Gathered()
    reports_gathered(None, person, into)
    told = str([section.rows for section in into.sections])
    assert "Il mio ostacolo" in told
    assert "La risposta" in told
    assert "Senza account" in told
    assert "Di un’altra persona" not in told


def test_erasure_forgets_who_reported_and_leaves_the_barrier_that_waits(administrator):
    person = PersonFactory(email="ada@example.org")
    waiting = ReportFactory(person=person, email=person.email, tools="NVDA")
    token = key_of(waiting)
    closed = ReportFactory(person=person, email=person.email)
    actions.answer(closed, "Ecco.", outcome="mended", by=administrator)
    of_another = ReportFactory(person=PersonFactory(), email=person.email)
    request = people.request_erasure(by=person)
    ErasureRequest.objects.filter(pk=request.pk).update(due_at=clock.now() - dt.timedelta(minutes=1))
    people_jobs.erase(0)
    for report in (waiting, of_another):
        report.refresh_from_db()
    assert (waiting.person, waiting.email, waiting.tools) == (None, "", "")
    assert queries.opened_by(token) is None
    assert not AccessibilityReport.objects.filter(pk=closed.pk).exists()
    assert of_another.email == ""
