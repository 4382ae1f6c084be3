"""Sealed records cannot be altered, dropped or slipped in without being named."""

import threading
import time
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from vivaio.journal import actions, jobs, queries
from vivaio.journal.actions import Subject
from vivaio.journal.models import Batch, Check, Leaf, Record, Waiting
from vivaio.journal.verification import verify
from vivaio.methods import merkle

pytestmark = pytest.mark.django_db


def test_batches_chain_and_verify(written):
    written(5)
    first = actions.seal()
    written(3)
    second = actions.seal()
    assert (first.number, first.first, first.size) == (1, 0, 5)
    assert (second.number, second.first, second.size) == (2, 5, 3)
    assert second.previous == first.head
    assert not Waiting.objects.exists()
    report = verify()
    assert (report.intact, report.records, report.batches, report.head) == (True, 8, 2, second.head)


def test_nothing_to_seal_makes_no_batch():
    assert actions.seal() is None
    assert verify().intact


def test_a_long_queue_is_sealed_in_several_batches(written):
    written(7)
    while actions.seal(limit=3):
        pass
    assert list(Batch.objects.order_by("number").values_list("size", flat=True)) == [3, 3, 1]
    assert verify().intact


def test_one_record_can_be_proved_from_its_batch(written):
    record = written(6)[3]
    batch = actions.seal()
    leaves = [bytes(leaf.hash) for leaf in Leaf.objects.order_by("position")]
    path = merkle.inclusion_proof(leaves, 3)
    assert merkle.verify_inclusion(bytes(record.leaf.hash), 3, 6, path, bytes(batch.root))


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("verb = %s", "call.closed"),
        ("actor = %s", None),
        ("at = at + %s::interval", "1 microsecond"),
        ("fields = %s", ["budget"]),
        ("number = number + %s", 1000),
    ],
)
def test_an_altered_record_is_named(written, tamper, change, value):
    record = written(5)[2]
    actions.seal()
    tamper(f"UPDATE journal_record SET {change} WHERE id = %s", value, record.pk)
    (problem,) = verify().problems
    assert str(record.pk) in problem
    assert "2" in problem


def test_a_dropped_record_is_named(written, tamper):
    record = written(5)[4]
    actions.seal()
    tamper("DELETE FROM journal_record WHERE id = %s", record.pk)
    (problem,) = verify().problems
    assert str(record.pk) in problem


def test_a_record_dropped_with_its_seal_shows_as_a_gap(written, tamper):
    record = written(5)[4]
    actions.seal()
    tamper("DELETE FROM journal_leaf WHERE record_id = %s", record.pk)
    tamper("DELETE FROM journal_record WHERE id = %s", record.pk)
    assert "1" in verify().problems[0]


def test_a_record_altered_together_with_its_seal_breaks_the_root(written, tamper):
    record = written(3)[0]
    actions.seal()
    tamper("UPDATE journal_record SET verb = 'call.burnt' WHERE id = %s", record.pk)
    values = Record.objects.filter(pk=record.pk).values_list(*actions.queries.FIELDS).get()
    tamper("UPDATE journal_leaf SET hash = %s WHERE record_id = %s", actions.record_hash(values), record.pk)
    (problem,) = verify().problems
    assert "1" in problem


def test_a_dropped_batch_is_named_with_and_without_its_seals(written, tamper):
    for _number in range(3):
        written(2)
        actions.seal()
    tamper("DELETE FROM journal_batch WHERE number = 2")
    assert "2" in verify().problems[0]
    tamper("DELETE FROM journal_leaf WHERE batch_id = 2")
    problems = verify().problems
    assert "2" in problems[0]
    assert len(problems) == 3  # the batch, and its two records that nothing vouches for any more


def test_a_batch_made_anew_breaks_the_chain(written, tamper):
    for _number in range(2):
        written(2)
        actions.seal()
    tamper("UPDATE journal_batch SET sealed_at = sealed_at + interval '1 day' WHERE number = 1")
    assert "1" in verify().problems[0]


def test_a_record_slipped_in_past_the_queue_is_named(written, tamper):
    written(1)
    actions.seal()
    stranger = uuid.uuid4()
    tamper(
        "INSERT INTO journal_record (id, at, verb, subject_type, subject_id, fields) "
        "VALUES (%s, now(), 'call.opened', 'calls.call', %s, '{}')",
        stranger,
        uuid.uuid4(),
    )
    (problem,) = verify().problems
    assert str(stranger) in problem


def test_a_record_dropped_before_it_was_sealed_is_named(written, tamper):
    record = written(2)[0]
    tamper("DELETE FROM journal_record WHERE id = %s", record.pk)
    actions.seal()
    (problem,) = verify().problems
    assert str(record.pk) in problem


def test_published_heads_catch_a_journal_cut_off_or_made_anew(written, tamper):
    written(2)
    actions.seal()
    kept = queries.published_heads()
    assert verify(kept).intact
    for table in ("waiting", "leaf", "batch", "record"):
        tamper(f"DELETE FROM journal_{table}")
    assert verify().intact  # nothing is left that could contradict
    assert "1" in verify(kept).problems[0]
    written(2)
    actions.seal()
    assert verify().intact
    assert "1" in verify(kept).problems[0]


def test_one_head_is_published_a_day(written, time_machine_at):
    for day, hour in ((1, 9), (1, 18), (2, 9)):
        with time_machine_at(day, hour):
            written(1)
            actions.seal()
    heads = queries.published_heads()["heads"]
    assert [(head["day"], head["batch"], head["records"]) for head in heads] == [
        ("2026-03-01", 2, 2),
        ("2026-03-02", 3, 3),
    ]


def test_the_command_says_what_it_found_and_ends_accordingly(written, tamper, tmp_path, capsys):
    record = written(3)[1]
    call_command("journal", "seal")
    call_command("journal", "heads")
    heads = tmp_path / "heads.json"
    heads.write_text("{" + capsys.readouterr().out.split("{", 1)[1])
    call_command("journal", "verify", file=heads)
    assert queries.last_batch().head.hex() in capsys.readouterr().out
    tamper("UPDATE journal_record SET verb = 'call.burnt' WHERE id = %s", record.pk)
    with pytest.raises(SystemExit) as ended:
        call_command("journal", "verify", file=heads)
    assert ended.value.code == 2
    assert str(record.pk) in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "not json", "[]", '{"heads": [{"batch": "x"}]}'])
def test_a_file_that_holds_no_heads_is_refused_in_words(tmp_path, content):
    file = tmp_path / "heads.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(CommandError, match=r"heads\.json"):
        call_command("journal", "verify", file=file)


def test_the_head_of_an_empty_journal_is_explained():
    with pytest.raises(CommandError, match="vivaio journal seal"):
        call_command("journal", "head")


def test_the_nightly_check_is_kept(written, tamper):
    record = written(2)[0]
    jobs.seal(timestamp=0)
    jobs.check(timestamp=0)
    tamper("UPDATE journal_record SET verb = 'call.burnt' WHERE id = %s", record.pk)
    jobs.check(timestamp=0)
    checks = list(Check.objects.order_by("at"))
    assert checks[0].problem == ""
    assert str(record.pk) in checks[1].problem


@pytest.mark.django_db(transaction=True)
def test_a_record_that_commits_late_is_sealed_late_and_never_skipped(written):
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            actions.record("call.opened", Subject("calls.call", uuid.uuid4()))
            begun.set()
            go_on.wait(20)
        connections.close_all()

    writer = threading.Thread(target=slow)
    writer.start()
    assert begun.wait(20)
    written(2)
    assert actions.seal().size == 2
    go_on.set()
    writer.join()
    late = Record.objects.order_by("number").first()
    assert Waiting.objects.filter(pk=late.pk).exists()
    assert actions.seal().size == 1
    report = verify()
    assert (report.intact, report.records) == (True, 3)


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_two_sealers_at_once_lose_nothing():
    done = threading.Event()

    def write() -> None:
        for _number in range(40):
            with transaction.atomic():
                actions.record("call.opened", Subject("calls.call", uuid.uuid4()))
        connections.close_all()

    def seal() -> None:
        while not done.is_set():
            actions.seal(limit=7)
        connections.close_all()

    writers = [threading.Thread(target=write) for _number in range(4)]
    sealers = [threading.Thread(target=seal) for _number in range(2)]
    for thread in (*writers, *sealers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in sealers:
        thread.join()
    actions.seal_all()
    report = verify()
    assert (report.intact, report.records, report.waiting) == (True, 160, 0)


@pytest.mark.slow
def test_fifty_thousand_records_verify_in_seconds(tamper):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_record (id, at, actor, verb, subject_type, subject_id, fields) "
            "SELECT gen_random_uuid(), now(), gen_random_uuid(), 'application.submitted', "
            "'applications.application', gen_random_uuid(), '{title,answers}' FROM generate_series(1, 50000)"
        )
    assert actions.seal_all() == 50_000
    start = time.process_time()  # of this process: other work on the machine does not count
    report = verify()
    took = time.process_time() - start
    assert (report.intact, report.records) == (True, 50_000)
    assert took < 10, f"{took:.1f} s"
