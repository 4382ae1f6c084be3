"""Letters in the words of a call: a closed list of fields, nothing that runs, nothing compulsory lost."""

from time import process_time

import pytest
from django.template import TemplateDoesNotExist

from tests.factories.applications import close, handed_in, open_call
from tests.factories.jury import JurorFactory
from tests.factories.mailroom import WordingFactory
from tests.factories.programmes import holder
from vivaio.applications import letters
from vivaio.journal.models import Record
from vivaio.jury import letters as jury
from vivaio.kit.rules import Refused
from vivaio.mailroom.letters import REGISTRY
from vivaio.mailroom.models import OutgoingLetter, Wording
from vivaio.mailroom.rendering import compose
from vivaio.mailroom.wording import actions, fields
from vivaio.mailroom.wording.house import house_words
from vivaio.mailroom.wording.showing import shown

pytestmark = pytest.mark.django_db
WORDABLE = sorted(name for name, letter in REGISTRY.items() if letter.wording)
GOOD = {"subject": "Arrivata: {{ title }}", "body": "N. {{ number }}, {{ at }}. [Apri]({{link}})"}


def receipts(call, **fields_):
    application = handed_in(call, **fields_)
    return letters.receipt.enqueue(application.receipts.get())


@pytest.mark.parametrize("name", WORDABLE)
@pytest.mark.parametrize("language", ["it", "en"])
def test_the_standard_text_of_every_letter_is_a_text_that_could_be_kept(name, language):
    found, subject, body = house_words(name, language)
    wordable = REGISTRY[name].wording
    assert found == language
    assert fields.wrong_with(f"{subject}\n{body}", wordable) == []
    assert fields.lacking(body, wordable) == []
    assert {field.name for field in wordable.needed} <= {field.name for field in wordable.fields}


def test_a_letter_written_in_no_language_has_no_standard_text():
    with pytest.raises(TemplateDoesNotExist):
        house_words("applications.nothing", "it")


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("applications.receipt", handed_in),
        ("applications.excluded", handed_in),
        ("applications.integration_requested", handed_in),
        ("jury.invitation", JurorFactory),
        ("jury.ready", JurorFactory),
    ],
)
def test_every_field_says_something_that_the_letter_knows(name, build):
    about = build()
    call = about.call if hasattr(about, "call") else about.panel.call
    letter = REGISTRY[name]
    subject = letter.wording.specimen(call.pk, str(about.pk))
    reader = next(iter(letter.recipients(subject)))
    assert {field.name for field in letter.wording.fields} <= set(letter.context(subject, reader))


def test_a_call_says_it_in_its_own_words_and_other_calls_do_not():
    call, other = open_call(), open_call()
    manager = holder(call.programme, "manager")
    actions.word(call, "applications.receipt", "it", **GOOD, by=manager)
    (own,) = receipts(call, title="Un *orto* in comune")
    (standard,) = receipts(other)
    assert own.subject == "Arrivata: Un *orto* in comune"
    assert "/applications/" in own.html
    assert own.owner == call.pk
    assert standard.subject.startswith("Ricevuta della candidatura")
    assert Record.objects.get(verb="letters.worded").fields == ["applications.receipt.it"]


def test_readers_of_a_language_without_own_words_read_the_standard_text_in_theirs():
    call = open_call()
    WordingFactory(owner=call.pk)
    person = handed_in(call).created_by
    person.language = "en"
    person.save()
    application = handed_in(call, created_by=person)
    (letter,) = letters.receipt.enqueue(application.receipts.get())
    assert letter.language == "en"
    assert letter.subject.startswith("Receipt")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("N. {{ numbre }} {{ number }} {{ at }} {{ link }}", "number"),
        ("{% if link %}{{ link }}{% endif %} {{ number }} {{ at }}", "graffe"),
        ("{{ application.created_by.password }} {{ number }} {{ at }} {{ link }}", "application.created_by"),
        ("{{ link|safe }} {{ number }} {{ at }} {{ link }}", "link|safe"),
        ("{{ number }} {{ at }} {{ link }} {{ }}", "graffe"),
        ("{{ number }} {{ at }}", "{{ link }}"),
        ("{{ number }} {{ at }} {{ link }} ![x](https://spia.example/p.gif)", "immagini"),
        ("   ", "Scrivi"),
    ],
)
def test_what_could_not_be_sent_is_refused_with_what_to_do(body, said):
    call = open_call()
    with pytest.raises(Refused) as refused:
        actions.word(call, "applications.receipt", "it", subject="Ricevuta", body=body, by=None)
    assert said in str(refused.value)
    assert not Wording.objects.exists()


def test_what_people_typed_is_never_read_as_a_field_nor_as_markdown():
    call = open_call()
    actions.word(call, "applications.receipt", "it", **GOOD, by=None)
    (letter,) = receipts(call, title="{{ link }} [clic](https://male.example) <script>")
    assert "{{ link }}" in letter.subject
    assert "<script>" not in letter.html
    assert 'href="https://male.example"' not in letter.html


def test_going_back_takes_the_standard_text_and_leaves_what_is_written():
    call = open_call()
    actions.word(call, "applications.receipt", "it", **GOOD, by=None)
    receipts(call)
    assert actions.unword(call, "applications.receipt", "it", by=None)
    assert not actions.unword(call, "applications.receipt", "it", by=None)
    receipts(call)
    subjects = OutgoingLetter.objects.order_by("created_at").values_list("subject", flat=True)
    assert [one.split(" ")[0] for one in subjects] == ["Arrivata:", "Ricevuta"]


def test_the_same_words_kept_again_change_nothing():
    call = open_call()
    actions.word(call, "applications.receipt", "it", **GOOD, by=None)
    actions.word(call, "applications.receipt", "it", **GOOD, by=None)
    assert Record.objects.filter(verb="letters.worded").count() == 1


def test_a_letter_is_looked_at_about_anybody_of_the_call_and_of_no_other():
    call = close(open_call())
    mine, foreign = handed_in(call, title="Il forno"), handed_in()
    letter = letters.excluded
    seen = shown(
        letter, call.pk, str(mine.pk), "it", ("{{ title }}", "> {{ reason }}\n\n[Leggi]({{ link }})")
    )
    assert seen.subject == "Il forno"
    assert [field.name for field in seen.empty] == ["reason"]
    assert "/it/" in seen.text
    assert not OutgoingLetter.objects.exists()
    with pytest.raises(LookupError):
        shown(letter, call.pk, str(foreign.pk), "it")
    with pytest.raises(LookupError):
        shown(letter, call.pk, "nothing", "it")


def test_an_invented_case_shows_every_letter_in_every_language():
    call = open_call()
    for name in WORDABLE:
        for language in ("it", "en"):
            seen = shown(REGISTRY[name], call.pk, "", language)
            assert seen.subject
            assert "{{" not in seen.text


def test_the_preview_of_an_invitation_carries_no_personal_link():
    juror = JurorFactory()
    seen = shown(jury.invitation, juror.panel.call_id, str(juror.pk), "it")
    assert "collegamento personale" in seen.text
    assert "personal-link" not in seen.html


@pytest.mark.parametrize("line", ["- a\n", "1. a\n", "a\n\n"])
def test_a_text_of_many_lines_is_written_in_a_moment(line):
    before = process_time()
    written = compose("it", "Oggetto", line * (fields.LONGEST // len(line)))
    assert written.text.count("a\n") >= fields.LONGEST // len(line)
    assert process_time() - before < 10
