"""Questions on a call: asked until a date, answered in public, found where they belong; nobody's name."""

import datetime as dt
import io

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.calls.pages import at, signed_in
from tests.factories.calls import CallFactory, ConditionFactory, CriterionFactory, TrackFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.calls import full_text, queries
from vivaio.calls.asking import actions, rules
from vivaio.calls.models import CallFollower, CallQuestion
from vivaio.calls.states import CallState, QuestionState
from vivaio.finder import actions as finder
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.events import erasing
from vivaio.people.models import Person

pytestmark = pytest.mark.django_db
ASKER = "chi.chiede@example.org"


@pytest.fixture
def call():
    programme = ProgrammeFactory(slug="miracolo", title="Miracolo a Milano", languages=["it", "en"])
    made = CallFactory(
        programme=programme, title="Ricerca e selezione", who="Cooperative.",
        questions_until=clock.now() + dt.timedelta(days=3),
    )  # fmt: skip
    TrackFactory(call=made, key="coop", title="Cooperative")
    ConditionFactory(call=made, key="milano", title="Lavora a Milano")
    CriterionFactory(call=made, key="impatto", title="Impatto", weight=100)
    return made


@pytest.fixture
def asker():
    return PersonFactory(given_name="Ada", family_name="Negri", email=ASKER)


@pytest.fixture
def manager(call):
    return holder(call.programme, "manager")


def asked(call, asker, text="Possono candidarsi i consorzi?", passage=""):
    return actions.ask(call, text=text, passage=passage, by=asker)


def texts(answer="Sì, **tutti**.", wording="Possono candidarsi i consorzi?"):
    return {
        "wording": {"it": wording, "en": "May consortia apply?"},
        "answer": {"it": answer, "en": "Yes, **all**."},
    }


def answered(call, asker, manager, passage="", **more):
    question = asked(call, asker, passage=passage)
    return actions.publish(question, texts(**more), passage, by=manager)


def letters(name):
    return OutgoingLetter.objects.filter(letter=f"calls.{name}")


def test_a_question_waits_unseen_until_the_staff_publishes_its_answer(call, asker, manager):
    sent = {"text": "Possono candidarsi i consorzi? Sono Ada", "passage": "condition-milano"}
    signed_in(asker).post(at(call, "ask"), sent)
    question = CallQuestion.objects.get()
    public = at(call, "questions")
    assert "consorzi" not in Client().get(public).content.decode()
    assert "consorzi" in signed_in(asker).get(public).content.decode()
    letter = letters("question_received").get()
    assert letter.recipient_email == manager.email
    assert "consorzi" not in letter.text
    queue = signed_in(manager).get(at(call, "question_queue")).content.decode()
    assert "consorzi" in queue
    page = signed_in(manager).get(at(call, "question", pk=question.pk)).content.decode()
    for told in (queue, page):
        assert "Negri" not in told
        assert ASKER not in told
    said = {
        "wish": "publish", "passage": "condition-milano", "wording_it": "Possono candidarsi i consorzi?",
        "wording_en": "May consortia apply?", "answer_it": "Sì, **tutti**.", "answer_en": "Yes, **all**.",
    }  # fmt: skip
    signed_in(manager).post(at(call, "question", pk=question.pk), said)
    page = Client().get(public).content.decode()
    assert "<strong>tutti</strong>" in page
    assert "Sono Ada" not in page
    assert "<strong>all</strong>" in Client().get(at(call, "questions", "en")).content.decode()
    letter = letters("question_answered").get()
    assert letter.recipient_email == ASKER
    assert "Possono candidarsi i consorzi?" in letter.text
    assert "<strong>tutti</strong>" in letter.html
    record = Record.objects.get(verb="calls.question_asked")
    assert record.actor is None


def test_what_was_done_is_said_in_the_readers_language(call, asker, manager):
    question, client = asked(call, asker), signed_in(manager)
    manager.language = "en"
    manager.save()
    page = at(call, "question", "en", pk=question.pk)
    sent = client.post(page, {"wish": "decline", "decline-words": "Non riguarda il bando."}, follow=True)
    assert "Who asked is told why." in sent.content.decode()


@pytest.mark.parametrize(("opens_in", "way"), [(-1, "notice"), (1, "edit")])
def test_who_takes_no_questions_is_led_to_where_that_can_change(call, manager, opens_in, way):
    call.questions_until = None
    call.opens_at = clock.now() + dt.timedelta(days=opens_in)
    call.save()
    page = signed_in(manager).get(at(call, "question_queue")).content.decode()
    more = {"section": "windows"} if way == "edit" else {}
    assert f'href="{at(call, way, **more)}">Indica fino a quando le riceve' in page


def test_the_passage_the_page_and_the_pdf_lead_to_the_answer(call, asker, manager):
    answered(call, asker, manager, "condition-milano")
    actions.publish(asked(call, asker, "Altro?"), texts(wording="Altro?"), "who", by=manager)
    page = Client().get(at(call, "call")).content.decode()
    assert page.count("1 domanda su questo passaggio") == 2
    assert 'questions/?passage=condition-milano"' in page
    assert 'id="condition-milano"' in page
    assert "Leggi tutte le 2 domande" in page
    row = queries.readable(asker).get(pk=call.pk)
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(full_text.pdf(row, "it"))).pages)
    assert "Allegato: domande e risposte" in text
    assert "consorzi" in text


def test_the_answers_are_searched_and_narrowed_to_a_passage(call, asker, manager):
    answered(call, asker, manager, "condition-milano")
    actions.publish(asked(call, asker, "E le reti?"), texts("Però no.", "E le reti?"), "", by=manager)
    client, public = Client(), at(call, "questions")
    assert "E le reti?" not in client.get(public, {"q": "CONSORZI"}).content.decode()
    assert "E le reti?" in client.get(public, {"q": "pero"}).content.decode()
    assert "E le reti?" not in client.get(public, {"passage": "condition-milano"}).content.decode()
    assert "Non si trova nulla" in client.get(public, {"q": "dinosauro"}).content.decode()
    for hostile in ("\0", "%", "'", "x" * 500, "9" * 30):
        assert client.get(public, {"q": hostile, "passage": hostile, "page": hostile}).status_code == 200
    finder.catch_up("question")
    found = client.get("/it/search/", {"q": "consorzi"}).content.decode()
    assert "Domande sui bandi" in found
    assert "#q-1" in found


def test_after_its_date_the_call_says_why_it_takes_no_questions(call, asker, time_machine):
    time_machine.move_to(call.questions_until, tick=False)
    page = signed_in(asker).get(at(call, "ask")).content.decode()
    assert "Le domande si potevano fare fino a" in page
    with pytest.raises(Refused, match="si potevano fare"):
        asked(call, asker)
    assert not CallQuestion.objects.exists()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"questions_until": None}, "non riceve domande"),
        ({"state": CallState.DRAFT}, "non è ancora pubblico"),
        ({"state": CallState.CONCLUDED}, "finito"),
        ({"state": CallState.WITHDRAWN}, "finito"),
    ],
)
def test_what_takes_no_questions_says_so(call, asker, fields, why):
    for name, value in fields.items():
        setattr(call, name, value)
    call.save()
    with pytest.raises(Refused, match=why):
        asked(call, asker)


def test_the_same_words_sent_twice_are_one_question_and_many_wait_for_their_answers(call, asker):
    assert asked(call, asker) == asked(call, asker)
    assert letters("question_received").count() == 0  # the programme has no staff here
    for number in range(rules.MOST_WAITING - 1):
        asked(call, asker, f"Domanda {number}")
    with pytest.raises(Refused, match="aspettano risposta"):
        asked(call, asker, "Ancora una")
    actions.take_back(CallQuestion.objects.first(), by=asker)
    asked(call, asker, "Ancora una")


def test_nobody_floods_the_queues_in_a_day(call, asker):
    for number in range(rules.MOST_A_DAY):
        actions.take_back(asked(call, asker, f"Domanda {number}"), by=asker)
    with pytest.raises(Refused, match="in un giorno"):
        asked(call, asker, "Ancora una")


def test_another_answer_holds_for_it_too(call, asker, manager):
    first = answered(call, PersonFactory(), manager)
    second = asked(call, asker, "Anche i consorzi?")
    with pytest.raises(Refused, match="Scegli"):
        actions.merge(second, second, by=manager)
    signed_in(manager).post(
        at(call, "question", pk=second.pk), {"wish": "merge", "merge-into": str(first.pk)}
    )
    second.refresh_from_db()
    assert (second.state, second.into) == (QuestionState.MERGED, first)
    letter = letters("question_answered").get(recipient_email=ASKER)
    assert "tutti" in letter.text
    assert "Anche i consorzi?" not in Client().get(at(call, "questions")).content.decode()


def test_of_very_many_answers_one_is_found_by_its_number_or_its_words(call, asker, manager):
    kept = {"call": call, "state": QuestionState.PUBLISHED, "text": "x", "answer": "Sì."}
    CallQuestion.objects.bulk_create(
        [
            *(CallQuestion(**kept, number=number, wording=f"Domanda {number}") for number in range(1, 121)),
            CallQuestion(**kept, number=121, wording="Possono partecipare i consorzi?"),
        ]
    )
    client, second = signed_in(manager), asked(call, asker, "E i consorzi?")
    page = at(call, "question", pk=second.pk)
    assert client.get(page).text.count("<option") < 20
    assert "Nessuna domanda pubblicata" in client.post(page, {"wish": "merge", "merge-into": "zebra"}).text
    shown = client.post(page, {"wish": "merge", "merge-into": "consorzi"}).text
    assert "121. Possono partecipare i consorzi?" in shown
    client.post(page, {"wish": "merge", "merge-into": "121"})
    second.refresh_from_db()
    assert (second.state, second.into.number) == (QuestionState.MERGED, 121)


@pytest.mark.parametrize(
    ("wish", "state", "letter"),
    [
        ("reply", QuestionState.PRIVATE, "question_replied"),
        ("decline", QuestionState.DECLINED, "question_declined"),
    ],
)
def test_an_answer_to_who_asked_stays_between_them(call, asker, manager, wish, state, letter):
    question = asked(call, asker)
    page = at(call, "question", pk=question.pk)
    empty = signed_in(manager).post(page, {"wish": wish, f"{wish}-words": " "})
    assert empty.status_code == 200
    signed_in(manager).post(page, {"wish": wish, f"{wish}-words": "Riguarda [te](javascript:alert(1))."})
    question.refresh_from_db()
    assert question.state == state
    found = letters(letter).get()
    assert found.recipient_email == ASKER
    assert "javascript:" not in found.html.replace("javascript:alert(1)).", "")
    own = signed_in(asker).get(at(call, "questions")).content.decode()
    assert "Riguarda" in own
    assert "Riguarda" not in Client().get(at(call, "questions")).content.decode()


def test_a_correction_is_shown_with_its_day_and_what_it_said_before(call, asker, manager):
    follower = PersonFactory(email="chi.segue@example.org")
    question = answered(call, asker, manager)
    actions.follow(call, by=follower)
    page = at(call, "question", pk=question.pk)
    said = {
        "wish": "correct", "wording_it": "Possono candidarsi i consorzi?", "answer_it": "No, nessuno.",
        "wording_en": "May consortia apply?", "answer_en": "No, none.",
    }  # fmt: skip
    assert signed_in(manager).post(page, said).status_code == 200  # why is asked for
    question.refresh_from_db()
    assert question.answer == "Sì, **tutti**."
    signed_in(manager).post(page, {**said, "note_it": "La norma lo vieta."})
    told = Client().get(at(call, "questions")).content.decode()
    assert "No, nessuno." in told
    assert "La norma lo vieta." in told
    assert "<strong>tutti</strong>" in told
    assert letters("answer_corrected").get().recipient_email == ASKER
    assert letters("answer_corrected_followed").get().recipient_email == follower.email
    signed_in(manager).post(page, {**said, "note_it": "Di nuovo."})  # nothing changed: nothing to tell
    assert question.corrections.count() == 1


def test_followers_hear_of_answers_and_stop_when_they_like(call, asker, manager):
    follower = PersonFactory(email="chi.segue@example.org")
    client = signed_in(follower)
    assert "Seguire questo bando?" in client.get(at(call, "follow")).content.decode()
    client.post(at(call, "follow"))
    assert "Stai seguendo questo bando" in client.get(at(call, "call")).content.decode()
    actions.follow(call, by=asker)
    answered(call, asker, manager)
    assert [one.recipient_email for one in letters("answer_published")] == [follower.email]
    client.post(at(call, "follow"))
    assert list(CallFollower.objects.values_list("person", flat=True)) == [asker.pk]


def test_hostile_words_harm_nobody(call, asker, manager):
    script = "<script>alert(1)</script>[x](javascript:alert(1)) ![](http://evil.example/a.png)"
    question = asked(call, asker, script)
    page = signed_in(manager).get(at(call, "question", pk=question.pk)).content.decode()
    assert "<script>alert" not in page
    wild = {name: dict.fromkeys(("it", "en"), script) for name in ("wording", "answer")}
    actions.publish(question, wild, "", by=manager)
    for told in (at(call, "questions"), at(call, "call")):
        page = Client().get(told).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
        assert "<img" not in page
    assert "<script>alert" not in letters("question_answered").get().html
    assert full_text.pdf(queries.readable(asker).get(pk=call.pk)).startswith(b"%PDF")


def test_others_find_no_question_of_the_staff_nor_answer_it(call, asker):
    question = asked(call, asker)
    stranger = holder(ProgrammeFactory(), "manager")
    for person in (asker, stranger, holder(call.programme, "auditor")):
        client = signed_in(person)
        assert client.get(at(call, "question_queue")).status_code == 404
        assert client.post(at(call, "question", pk=question.pk), {"wish": "publish"}).status_code == 404
    with pytest.raises(Refused):
        actions.publish(question, texts(), "", by=stranger)
    assert signed_in(stranger).post(at(call, "question_take_back", pk=question.pk)).status_code == 404
    other = CallFactory(programme=call.programme)
    manager = holder(call.programme, "manager")
    assert signed_in(manager).get(at(other, "question", pk=question.pk)).status_code == 404


def test_no_language_is_published_by_halves(call, asker, manager):
    question = asked(call, asker)
    for texts_, why in (
        ({"wording": {"it": "Sì?"}, "answer": {}}, "Scrivi la risposta"),
        ({"wording": {}, "answer": {"it": "Sì."}}, "Scrivi la domanda"),
        ({"wording": {"it": "Sì?", "en": "Yes?"}, "answer": {"it": "Sì."}}, "In ogni lingua"),
    ):
        with pytest.raises(Refused, match=why):
            actions.publish(question, texts_, "", by=manager)
    only = {"wording": {"en": "Yes?"}, "answer": {"en": "Yes."}}
    actions.publish(question, only, "", by=manager)
    assert "Yes?" in Client().get(at(call, "questions")).content.decode()


def test_what_is_settled_stays_settled(call, asker, manager):
    question = answered(call, asker, manager)
    for act in (
        lambda: actions.publish(question, texts(), "", by=manager),
        lambda: actions.reply(question, "Ecco", by=manager),
        lambda: actions.merge(question, question, by=manager),
        lambda: actions.take_back(question, by=asker),
    ):
        with pytest.raises(Refused, match="già chiusa"):
            act()
    assert letters("question_answered").count() == 1


def test_what_is_kept_is_seen_by_the_staff_alone(call, asker, manager):
    question = asked(call, asker)
    said = {"wish": "write", "wording_it": "Una bozza", "answer_it": ""}
    signed_in(manager).post(at(call, "question", pk=question.pk), said)
    question.refresh_from_db()
    assert (question.state, question.wording) == (QuestionState.ASKED, "Una bozza")
    for name in ("questions", "call"):
        assert "Una bozza" not in signed_in(asker).get(at(call, name)).content.decode()


def test_the_window_of_questions_lies_within_that_of_the_call(call, manager):
    page = at(call, "edit", section="windows")
    call.opens_at = clock.now() + dt.timedelta(days=1)
    call.save()
    late = (call.closes_at + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    said = {
        name: getattr(call, name).strftime("%Y-%m-%dT%H:%M")
        for name in ("opens_at", "closes_at", "scoring_opens_at", "scoring_closes_at")
    } | {"integration_days": 10, "acceptance_days": 10, "reviews_each": 3, "questions_until": late}
    assert "Le domande finiscono prima" in signed_in(manager).post(page, said).content.decode()


def test_the_desk_says_what_waits(call, asker, manager):
    asked(call, asker)
    asked(call, asker, "E le reti?")
    assert "Rispondere a 2 domande sul bando" in signed_in(manager).get("/it/desk/").content.decode()


def test_an_account_that_goes_leaves_the_answers_without_its_words(call, asker, manager):
    kept = answered(call, asker, manager)
    asked(call, asker, "In attesa")
    actions.follow(call, by=asker)
    erasing.send(Person, person=asker)
    (left,) = CallQuestion.objects.all()
    assert (left.pk, left.asked_by, left.text) == (kept.pk, None, "")
    assert not CallFollower.objects.exists()
    assert signed_in(manager).get(at(call, "question", pk=left.pk)).status_code == 200
