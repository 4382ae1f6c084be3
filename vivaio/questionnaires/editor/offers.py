"""The kinds of questions as a person picks them: what the engine calls them, and how they look."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from vivaio.questionnaires.engine.definition import Question

LOOKS = ("multiline", "money", "minimal")


@dataclass(frozen=True)
class Offer:
    """A kind of question: its code on pages, the engine's kind, the look that tells it apart, and words."""

    code: str
    kind: str
    word: Any
    help: Any
    look: str = ""


TEXTS = (
    Offer("text", "text", _("Short text"), _("A name, a title, one line.")),
    Offer(
        "long",
        "text",
        _("Long text"),
        _("Several lines, with a limit of words if you want one."),
        "multiline",
    ),
)
FIGURES = (
    Offer("integer", "integer", _("Whole number"), _("How many: people, months, places.")),
    Offer("decimal", "decimal", _("Number with decimals"), _("Hours, square metres, shares.")),
    Offer(
        "money", "decimal", _("Amount of money"), _("Two decimals; in a table the column adds up."), "money"
    ),
    Offer("range", "range", _("Point on a scale"), _("From one number to another, in steps.")),
    Offer("date", "date", _("Date"), _("Day, month and year.")),
    Offer("time", "time", _("Time of day"), _("Hours and minutes.")),
    Offer("dateTime", "dateTime", _("Date and time"), _("A day with its hour.")),
)
PICKED = (
    Offer("select_one", "select_one", _("One choice"), _("One answer from a list.")),
    Offer("drop", "select_one", _("One choice from a long list"), _("A list that opens."), "minimal"),
    Offer("select_multiple", "select_multiple", _("Several choices"), _("As many answers as apply.")),
    Offer("rank", "rank", _("Order of preference"), _("All the answers of a list, put in order.")),
    Offer("acknowledge", "acknowledge", _("Declaration"), _("A box to tick: “I have read the rules”.")),
)
PAPERS = (
    Offer("file", "file", _("File"), _("A statute, a budget, a letter.")),
    Offer("image", "image", _("Picture"), _("A photograph or a drawing.")),
)
FRAME = (
    Offer(
        "group",
        "group",
        _("Step or section"),
        _("Questions that belong together; at the top it makes a step."),
    ),
    Offer("repeat", "repeat", _("Table"), _("The same questions, once for each row: people, costs, months.")),
    Offer("note", "note", _("Text to read"), _("An explanation among the questions; nobody answers it.")),
)
UNSEEN = (
    Offer("calculate", "calculate", _("Calculation"), _("A figure worked out from the answers.")),
    Offer(
        "hidden", "hidden", _("Hidden value"), _("A value that stays with the answers and that nobody sees.")
    ),
)
FAMILIES: tuple[tuple[Any, Sequence[Offer]], ...] = (
    (_("Words"), TEXTS),
    (_("Choices"), PICKED),
    (_("Figures and dates"), FIGURES),
    (_("Files"), PAPERS),
    (_("Structure"), FRAME),
    (_("Behind the page"), UNSEEN),
)
OFFERS = {each.code: each for _title, family in FAMILIES for each in family}
PICKING = ("select_one", "drop", "select_multiple", "rank")
ASKED = tuple(code for code in OFFERS if code not in ("group", "repeat", "note", "calculate", "hidden"))


def offer_of(question: Question) -> Offer:
    """The kind of a question as a person would pick it."""
    same = [each for each in OFFERS.values() if each.kind == question.kind]
    looks = question.looks | ({"multiline"} if question.max_words else frozenset())
    told = [each for each in same if each.look and each.look in looks]
    usual = next(
        (each for each in same if not each.look), Offer(question.kind, question.kind, question.kind, "")
    )
    return told[0] if told else usual


def as_offered(question: Question, code: str) -> Question:
    """The question made to be of a kind; the other words of its appearance stay."""
    offer = OFFERS[code]
    words = [word for word in question.appearance.split() if word not in LOOKS]
    return replace(
        question, kind=offer.kind, appearance=" ".join([*([offer.look] if offer.look else []), *words])
    )
