"""The journal takes records and gives none back changed."""

import uuid

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from vivaio.journal import actions as journal
from vivaio.journal.actions import Subject
from vivaio.journal.models import Record, Waiting

pytestmark = pytest.mark.django_db
SUBJECT = Subject("calls.call", uuid.uuid4())


def test_one_record_tells_who_did_what_to_what():
    person, programme = uuid.uuid4(), uuid.uuid4()
    journal.record("call.opened", SUBJECT, by=person, programme=programme, fields=["opens_at", "closes_at"])
    record = Record.objects.get()
    assert (record.actor, record.verb, record.programme) == (person, "call.opened", programme)
    assert (record.subject_type, record.subject_id) == ("calls.call", SUBJECT.id)
    assert record.fields == ["closes_at", "opens_at"]
    assert Waiting.objects.filter(pk=record.pk).exists()


def test_records_are_numbered_in_order():
    first, second = journal.record("call.opened", SUBJECT), journal.record("call.closed", SUBJECT)
    assert first.number < second.number


@pytest.mark.parametrize(
    "statement",
    ["UPDATE journal_record SET verb = 'call.burnt'", "DELETE FROM journal_record"],
)
def test_the_database_refuses_to_change_or_delete(statement):
    journal.record("call.opened", SUBJECT)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Record.objects.get().verb == "call.opened"


@pytest.mark.parametrize("value", ["Anna Rossi", "anna@example.org", "3 cents", ""])
def test_values_are_not_taken_for_names_of_fields(value):
    with pytest.raises(ValueError, match="names of fields"):
        journal.record("call.opened", SUBJECT, fields=[value])


def test_a_verb_has_a_room_and_a_deed():
    with pytest.raises(ValueError, match="not a verb"):
        journal.record("Opened the call", SUBJECT)


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_a_mistake():
    with pytest.raises(RuntimeError, match="transaction"):
        journal.record("call.opened", SUBJECT)
