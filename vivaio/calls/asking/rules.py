"""Who may ask about a call, who answers, and why not."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from vivaio.calls import rules as calls
from vivaio.calls.asking import queries
from vivaio.calls.models import Call, CallQuestion
from vivaio.calls.states import CallState, QuestionState
from vivaio.kit import formats
from vivaio.kit.texts import text_in
from vivaio.people.models import Person

# Enough for whoever reads a call in earnest, too few for whoever fills the queue.
MOST_WAITING = 5
MOST_A_DAY = 10
DAY = dt.timedelta(days=1)
Answer = Any  # None, or words


def taken(call: Call) -> Answer:
    """Whether the call takes questions at this instant."""
    if call.takes_questions:
        return None
    if call.state in (CallState.CONCLUDED, CallState.WITHDRAWN):
        return _("This call is over: it takes no more questions.")
    if call.questions_end is None:
        return _("This call takes no questions.")
    if call.state != CallState.PUBLISHED:
        return _("This call is not public yet: it takes questions from its publication on.")
    return _("Questions were taken until %(instant)s. The answers stay here.") % {
        "instant": formats.instant(call.questions_end, call.time_zone)
    }


def ask(call: Call, person: Person) -> Answer:
    """Anyone signed in asks until the call's date, a few questions at a time."""
    if refused := taken(call):
        return refused
    if queries.still_waiting(call, person) >= MOST_WAITING:
        return _("%(n)s questions of yours on this call wait for an answer: ask more once they have it.") % {
            "n": MOST_WAITING
        }
    if queries.asked_since(person, DAY) >= MOST_A_DAY:
        return _("You have asked %(n)s questions in a day, which is the most: go on tomorrow.") % {
            "n": MOST_A_DAY
        }
    return None


def take_back(question: CallQuestion, person: Person) -> Answer:
    """Who asked takes it back, as long as nobody has answered."""
    if question.asked_by_id != person.pk:
        return _("Only who asked may take it back.")
    return _waits(question)


def answer(question: CallQuestion, person: Person) -> Answer:
    """Who edits the call answers, once, also after questions are no longer taken."""
    return calls.edit(question.call, person) or _over(question.call) or _waits(question)


def correct(question: CallQuestion, person: Person) -> Answer:
    """A published answer is corrected in the open."""
    if refused := calls.edit(question.call, person) or _over(question.call):
        return refused
    if question.state != QuestionState.PUBLISHED:
        return _("Only a published answer is corrected.")
    return None


def both_written(question: CallQuestion) -> Answer:
    """What is published says what was asked, and answers it: in one language at least, and in none by halves."""
    languages = ("it", *settings.MODELTRANS_AVAILABLE_LANGUAGES)
    pairs = {tuple(bool(text_in(question, name, one)) for name in ("wording", "answer")) for one in languages}
    if (True, True) in pairs and not pairs & {(True, False), (False, True)}:
        return None
    if not any(wording for wording, _answer in pairs):
        return _("Write the question as anyone will read it.")
    if not any(words for _wording, words in pairs):
        return _("Write the answer.")
    return _("In each language write both the question and its answer, or neither.")


def something_written(words: str) -> Answer:
    """Who asked reads why."""
    return None if words.strip() else _("Write it: who asked reads it.")


def merge(question: CallQuestion, into: CallQuestion | None) -> Answer:
    """Another answer holds for this question too if it is published, and on the same call."""
    if into is None or into.state != QuestionState.PUBLISHED or into.call_id != question.call_id:
        return _("Choose a published answer of this call.")
    return None


def follow(call: Call) -> Answer:
    """What is public and not over can be followed."""
    return _("This call is not public yet.") if call.state == CallState.DRAFT else _over(call)


def _over(call: Call) -> Answer:
    if call.state in (CallState.CONCLUDED, CallState.WITHDRAWN):
        return _("This call is over: it stays as it was.")
    return None


def _waits(question: CallQuestion) -> Answer:
    if question.state == QuestionState.ASKED:
        return None
    return _("This question is settled already: %(state)s.") % {"state": question.get_state_display().lower()}
