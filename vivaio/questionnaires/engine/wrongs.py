"""What is wrong with an answer, in words that say the way out."""

import decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.questionnaires.engine import answers as stored
from vivaio.questionnaires.engine.definition import Question
from vivaio.questionnaires.engine.state import QuestionState


def missing_words(question: Question) -> str:
    """What to do about an answer that is not there."""
    if question.kind == "acknowledge":
        return _("Tick the box to confirm.")
    if question.kind == "rank":
        return _("Give each item its place.")
    return _("This answer is missing.")


def wrong(question: Question, drawn: QuestionState, language: str) -> str:
    """What is wrong with what is filled in, by the kind of the question alone; empty for nothing."""
    written = str(drawn.value)[:40]
    if question.kind == "rank":
        return _unranked(drawn)
    if not stored.readable(question, drawn.value):
        return _unreadable(question, written, language)
    if question.choices:
        offered = {choice.name for choice in drawn.choices}
        if not set(drawn.value if isinstance(drawn.value, list) else [drawn.value]) <= offered:
            return _("What was chosen here can no longer be chosen. Choose again.")
    if drawn.over:
        return ngettext(
            "One word too many: take it out, the limit is %(most)s.",
            "%(over)s words too many: take them out, the limit is %(most)s.",
            drawn.over,
        ) % {"over": drawn.over, "most": drawn.max_words}
    if len(drawn.files) > question.max_files:
        return _("There are more files than the %(most)s that are asked for. Remove one.") % {
            "most": question.max_files
        }
    if "money" in question.looks and _decimals(drawn.value) > 2:
        return _("“%(typed)s” has fractions of a cent. Write at most two decimals.") % {"typed": drawn.typed}
    return _off_range(question, drawn, language) if question.kind == "range" else ""


def _unranked(drawn: QuestionState) -> str:
    """A ranking is finished when each item has a place, and no two the same."""
    places = stored.places_of(drawn.value)
    taken = [place for name, place in places.items() if place]
    if len(set(taken)) < len(taken):
        twice = next(place for place in taken if taken.count(place) > 1)
        return _("Two items have place %(place)s. Give each a place of its own.") % {"place": twice}
    offered = {choice.name for choice in drawn.choices}
    if not set(places) <= offered:
        return _("What was chosen here can no longer be chosen. Choose again.")
    left = [choice.label for choice in drawn.choices if choice.name not in places]
    return _("“%(name)s” has no place yet.") % {"name": left[0]} if left else ""


def _off_range(question: Question, drawn: QuestionState, language: str) -> str:
    start, end, step = (decimal.Decimal(question.range[key]) for key in ("start", "end", "step"))
    number = decimal.Decimal(drawn.value)
    if start <= number <= end and (number - start) % step == 0:
        return ""
    shown = {
        key: stored.show_number(value, stored.places(question, [value]), language)
        for key, value in (("start", start), ("end", end), ("step", step))
    }
    if step == 1:
        return _("Choose a whole number from %(start)s to %(end)s.") % shown
    return _("Choose a number from %(start)s to %(end)s, in steps of %(step)s.") % shown


def _decimals(value: Any) -> int:
    return len(str(value).partition(".")[2])


def _unreadable(question: Question, written: str, language: str) -> str:
    if question.kind == "integer":
        return _("“%(typed)s” is not a whole number. Write it in figures, for example 12.") % {
            "typed": written
        }
    if question.kind == "decimal":
        example = stored.show_number(decimal.Decimal("1250.5"), 2, language)
        return _("“%(typed)s” is not a number. Write it in figures, for example %(example)s.") % {
            "typed": written,
            "example": example,
        }
    if question.kind == "date":
        return _("“%(typed)s” is not a date. Write day, month and year, for example 15/09/2020.") % {
            "typed": written
        }
    if question.kind == "range":
        return _("“%(typed)s” is not a number. Write it in figures, for example 12.") % {"typed": written}
    if question.kind == "time":
        return _("“%(typed)s” is not a time. Write hours and minutes, for example 14:30.") % {
            "typed": written
        }
    if question.kind == "dateTime":
        example = "15/09/2020 14:30"
        return _("“%(typed)s” is not a day with its time. Write both, for example %(example)s.") % {
            "typed": written,
            "example": example,
        }
    return _("This answer cannot be read. Write it again.")
