"""Data go when their period has ended: drafts, applications, letters, accounts; holds keep them."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, close, handed_in, open_call
from tests.factories.mailroom import LetterFactory
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.journal import actions as journal
from vivaio.journal.models import Record
from vivaio.journal.verification import verify
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State
from vivaio.people.models import Person
from vivaio.programmes import actions, jobs, retaining
from vivaio.programmes.models import RetentionRun
from vivaio.questionnaires.models import Response

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(days=4000)


def long_ago(row, *fields):
    type(row).objects.filter(pk=row.pk).update(**dict.fromkeys(fields, clock.now() - LONG_AGO))
    return row


@pytest.fixture
def call():
    return close(open_call())


def closed_long_ago(call):
    call.opens_at, call.closes_at = (clock.now() - LONG_AGO - dt.timedelta(days=days) for days in (30, 0))
    call.save()
    return call


def test_a_draft_of_a_call_closed_long_ago_goes_with_its_answers(call):
    old = ApplicationFactory(call=closed_long_ago(call))
    fresh = ApplicationFactory()
    jobs.retention(0)
    assert list(Application.objects.all()) == [fresh]
    assert not Response.objects.filter(pk=old.response_id).exists()
    jobs.retention(0)
    assert [run.count for run in RetentionRun.objects.filter(kind="drafts")] == [1]


def test_what_was_handed_in_and_reopened_is_no_abandoned_draft(call):
    handed = handed_in(closed_long_ago(call))
    Application.objects.filter(pk=handed.pk).update(state=ApplicationState.DRAFT)
    assert actions.carry_out(call.programme, "drafts") == 0


def test_an_excluded_application_keeps_its_number_and_loses_its_answers(call):
    excluded = long_ago(handed_in(call, state=ApplicationState.EXCLUDED), "decided_at")
    digest = excluded.digest
    assert actions.carry_out(call.programme, "unsuccessful") == 1
    excluded.refresh_from_db()
    assert (excluded.number, excluded.digest, excluded.title) == (1, digest, "")
    assert b"portineria" not in bytes(excluded.frozen) + bytes(excluded.receipts.get().frozen)
    assert excluded.response.answers == {}
    assert actions.carry_out(call.programme, "unsuccessful") == 0


def test_the_page_of_an_emptied_application_still_opens(client, call):
    excluded = long_ago(handed_in(call, state=ApplicationState.EXCLUDED), "decided_at")
    actions.carry_out(call.programme, "unsuccessful")
    client.force_login(holder(call.programme, "manager"))
    assert client.get(reverse("applications:eligibility", args=[excluded.pk])).status_code == 200
    client.force_login(excluded.created_by)
    page = client.get(reverse("applications:application", args=[excluded.pk]), follow=True)
    assert page.status_code == 200


def test_a_letters_words_and_addressee_are_erased_and_the_journal_stays_valid(call):
    letter = long_ago(
        LetterFactory(programme=call.programme_id, state=State.SENT, recipient_email="ada@example.org"),
        "created_at",
    )
    waiting = long_ago(LetterFactory(programme=call.programme_id, state=State.HELD), "created_at")
    assert actions.carry_out(call.programme, "letters") == 1
    letter.refresh_from_db()
    waiting.refresh_from_db()
    assert (letter.text, letter.html, letter.subject, letter.recipient_name) == ("", "", "", "")
    assert "teresa" not in letter.recipient_email
    assert waiting.text
    assert OutgoingLetter.objects.count() == 2
    journal.seal_all()
    assert not verify().problems


def test_an_account_that_nobody_used_goes_and_one_that_belongs_somewhere_stays():
    unused = long_ago(PersonFactory(), "created_at")
    member = long_ago(MembershipFactory().person, "created_at")
    used = long_ago(PersonFactory(last_login=clock.now()), "created_at")
    jobs.retention(0)
    left = set(Person.objects.values_list("pk", flat=True))
    assert unused.pk not in left
    assert {member.pk, used.pk} <= left


def test_a_hold_keeps_everything_and_says_why(client, call):
    excluded = long_ago(handed_in(call, state=ApplicationState.EXCLUDED), "decided_at")
    manager = holder(call.programme, "manager")
    client.force_login(manager)
    slug = call.programme.slug
    client.post(
        reverse("programmes:retention_hold", args=[slug, "unsuccessful"]), {"hold-reason": "Ricorso al TAR"}
    )
    assert actions.carry_out(call.programme, "unsuccessful") == 0
    assert "Ricorso al TAR" in client.get(reverse("programmes:retention", args=[slug])).text
    client.post(reverse("programmes:retention_lift", args=[slug, "unsuccessful"]))
    assert actions.carry_out(call.programme, "unsuccessful") == 1
    excluded.refresh_from_db()
    assert excluded.emptied_at


def test_a_reason_that_is_too_long_or_missing_is_said_and_not_cut(client):
    programme = ProgrammeFactory()
    client.force_login(holder(programme, "manager"))
    address = reverse("programmes:retention_hold", args=[programme.slug, "letters"])
    long = "Ricorso " * 40
    page = client.post(address, {"hold-reason": long})
    assert (page.status_code, long.strip() in page.text) == (422, True)
    assert client.post(address, {"hold-reason": " "}).status_code == 422
    assert retaining.period_of(programme, "letters").hold is None


def test_what_cannot_go_waits_and_the_rest_goes():
    stuck, free = (long_ago(PersonFactory(), "created_at") for _ in range(2))
    ApplicationFactory(created_by=stuck)
    jobs.retention(0)
    left = set(Person.objects.values_list("pk", flat=True))
    assert stuck.pk in left
    assert free.pk not in left
    assert [run.count for run in RetentionRun.objects.filter(kind="accounts")] == [1]


def test_a_hold_without_a_reason_is_refused():
    programme = ProgrammeFactory()
    with pytest.raises(Refused, match="perché"):
        actions.hold_back(programme, "letters", "  ", by=holder(programme, "manager"))


def test_the_staff_see_what_will_go_and_set_the_period(client, call):
    handed_in(call, state=ApplicationState.EXCLUDED)
    programme = call.programme
    client.force_login(holder(programme, "manager"))
    address = reverse("programmes:retention_kind", args=[programme.slug, "unsuccessful"])
    client.post(address, {"days": "20", "reason_it": "Tempo del ricorso"})
    found = {one.kind.code: one for one in retaining.forecast(programme)}["unsuccessful"]
    assert (found.days, found.now, found.soon) == (20, 0, 1)
    assert "Tempo del ricorso" in client.get(reverse("programmes:privacy", args=[programme.slug])).text
    assert Record.objects.filter(verb="programmes.retention_set").exists()


def test_another_programmes_data_stay(call):
    long_ago(handed_in(call, state=ApplicationState.EXCLUDED), "decided_at")
    assert actions.carry_out(ProgrammeFactory(), "unsuccessful") == 0
