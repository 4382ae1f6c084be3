"""The register tells who did what, in words, to those who may read it."""

import json
import re
import uuid
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.urls import reverse

import vivaio
from tests.factories.calls import CallFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.journal import actions as journal
from vivaio.journal import jobs, verbs
from vivaio.journal.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(title="Miracolo a Milano")


@pytest.fixture
def manager(programme, client):
    person = holder(programme, "manager", given_name="Chiara", family_name="Bellomi")
    client.force_login(person)
    return person


def page(client, programme, **query):
    return client.get(reverse("desk:register", args=[programme.slug]), query)


def test_who_did_what_to_what_is_told_in_words(programme, manager, client):
    call = CallFactory(programme=programme, title="Bando cooperative")
    journal.record("letter.retried", call, by=manager, fields=["state"])
    journal.record(
        "letter.sent", journal.Subject("mailroom.outgoingletter", uuid.uuid4()), programme=programme
    )
    told = page(client, programme, kind="all").content.decode()
    for words_ in (
        "Chiara Bellomi",
        "ha provato di nuovo",
        "Bando cooperative",
        "Vivaio",
        "è stata inviata",
    ):
        assert words_ in told


def test_only_the_records_of_the_programme_are_told(programme, manager, client):
    journal.record("letter.retried", CallFactory(title="Bando altrui"), by=manager)
    assert "Bando altrui" not in page(client, programme).content.decode()


@pytest.mark.parametrize("role", ["juror", "community_manager", None])
def test_others_find_no_register(programme, client, role):
    client.force_login(holder(programme, role) if role else PersonFactory())
    assert page(client, programme).status_code == 404


def test_filters_by_deed_person_subject_and_day(programme, manager, client):
    calls = [CallFactory(programme=programme, title=f"Bando {name}") for name in ("uno", "due")]
    other = holder(programme, "secretary", given_name="Paolo", family_name="Redaelli")
    journal.record("letter.retried", calls[0], by=manager)
    journal.record("letter.cancelled", calls[1], by=other)
    for query in ({"verb": "letter.retried"}, {"q": "bellomi"}, {"subject": calls[0].pk}):
        told = page(client, programme, **query).content.decode()
        assert "Bando uno" in told
        assert "Bando due" not in told
    assert "Bando uno" in page(client, programme, span="today").content.decode()
    assert page(client, programme, subject="nonsense", verb="none", span="never", page="x").status_code == 200


def test_what_people_did_comes_first_and_everything_is_one_click_away(programme, manager, client):
    call = CallFactory(programme=programme, title="Bando cooperative")
    letter = journal.Subject("mailroom.outgoingletter", uuid.uuid4())
    journal.record("calls.published", call, by=manager)
    journal.record("letter.sent", letter, programme=programme)
    journal.record(
        "jury.place_expired", journal.Subject("jury.rankingentry", uuid.uuid4()), programme=programme
    )
    deeds = {
        "people": "ha pubblicato il bando",
        "letters": "è stata inviata",
        "system": "nessuno ha risposto in tempo",
    }
    for kind in deeds:
        told = rows_of(page(client, programme, **({} if kind == "people" else {"kind": kind})))
        assert [one for one, words in deeds.items() if words in told] == [kind]
    everything = page(client, programme, kind="all")
    assert all(words in rows_of(everything) for words in deeds.values())
    assert "?kind=all" in page(client, programme).content.decode()
    assert "letter.sent" in b"".join(page(client, programme, kind="letters", export="csv")).decode()


def test_all_that_concerns_one_subject_is_told_whoever_did_it(programme, manager, client):
    letter = uuid.uuid4()
    journal.record("letter.sent", journal.Subject("mailroom.outgoingletter", letter), programme=programme)
    assert "è stata inviata" in rows_of(page(client, programme, subject=letter))


def rows_of(response):
    """The list alone: the filters name every deed there is."""
    found = re.search(r"<tbody>(.*?)</tbody>", response.content.decode(), re.DOTALL)
    return found[1] if found else ""


def test_a_person_or_a_subject_that_is_gone_leaves_its_record(programme, manager, client):
    journal.record(
        "letter.retried", journal.Subject("calls.call", uuid.uuid4()), by=uuid.uuid4(), programme=programme
    )
    assert "account" in page(client, programme).content.decode()


def test_it_is_exported(programme, manager, client):
    journal.record("letter.retried", CallFactory(programme=programme), by=manager, fields=["state"])
    text = b"".join(page(client, programme, export="csv")).decode()
    assert "letter.retried" in text
    assert "Chiara Bellomi" in text
    assert page(client, programme, export="xlsx").status_code == 200


def test_it_says_how_it_is_sealed(programme, manager, client):
    assert "Nulla è ancora sigillato" in page(client, programme).content.decode()
    record = journal.record("letter.retried", CallFactory(programme=programme), by=manager)
    jobs.seal(timestamp=0)
    jobs.check(timestamp=0)
    assert "Integro" in page(client, programme).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE journal_record SET verb = 'letter.burnt' WHERE id = %s", [record.pk])
        cursor.execute("SET session_replication_role = origin")
    jobs.check(timestamp=0)
    told = page(client, programme).content.decode()
    assert "Alterato" in told
    assert str(record.pk) in told


def test_the_heads_are_public_and_verify(client, tmp_path):
    with transaction.atomic():
        journal.record("letter.retried", journal.Subject("calls.call", uuid.uuid4()))
    assert client.get(reverse("desk:heads")).status_code == 200
    jobs.seal(timestamp=0)
    published = json.loads(client.get(reverse("desk:heads_file")).content)
    assert published["heads"][0]["records"] == Record.objects.count()
    assert published["heads"][0]["head"] in client.get(reverse("desk:heads")).content.decode()


def test_the_register_costs_the_same_with_many_records(
    programme, manager, client, django_assert_max_num_queries
):
    call = CallFactory(programme=programme)
    for _number in range(120):
        journal.record("letter.retried", call, by=manager)
    with django_assert_max_num_queries(12):
        page(client, programme)


def test_every_verb_that_the_code_records_has_words():
    source = Path(vivaio.__file__).parent
    recorded = {
        verb
        for file in source.rglob("*.py")
        for verb in re.findall(
            r'(?:journal\.record|_settle)\((?:[^()"]|\([^()]*\))*"([a-z_]+\.[a-z_.]+)"', file.read_text()
        )
    }
    assert "letters.released" in recorded
    assert sorted(recorded - verbs.SENTENCES.keys()) == []


def test_a_verb_has_words_once():
    with pytest.raises(ValueError, match=r"letter\.sent"):
        verbs.declare("letter.sent", "Sent.")
