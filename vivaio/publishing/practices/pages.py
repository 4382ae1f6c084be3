"""What the pages of good practices show, put together from the reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vivaio.initiatives.analysing import offers
from vivaio.kit.language_fields import named_in
from vivaio.kit.texts import translations_of
from vivaio.people.models import Person
from vivaio.people.states import Sector
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Practice
from vivaio.publishing.practices import actions, queries, rules
from vivaio.publishing.practices.forms import ReasonForm
from vivaio.publishing.practices.queries import Suggestion
from vivaio.publishing.practices.tables import TONES
from vivaio.publishing.states import LICENCE, LICENCE_URL, PRACTICE_TEXTS, PracticeState, Verdict

# What stands above each text of a practice.
HEADINGS = {
    "need": gettext_lazy("The problem"),
    "done": gettext_lazy("What they did"),
    "partners": gettext_lazy("With whom"),
    "costs": gettext_lazy("Costs and time"),
    "results": gettext_lazy("Results"),
    "avoid": gettext_lazy("What to avoid"),
}


def told(practice: Practice) -> list[tuple[Any, str]]:
    """The texts with their headings, those that there are."""
    found = [(heading, getattr(practice, f"{name}_i18n")) for name, heading in HEADINGS.items()]
    return [(heading, text) for heading, text in found if text]


def read(practice: Practice) -> dict[str, Any]:
    """What the page of a practice says."""
    names = offers.fields_of(practice.programme) if practice.fields else {}
    return {
        "practice": practice,
        "programme": practice.programme,
        "texts": told(practice),
        "needs": [(one.key, one.title_i18n) for one in practice.dimensions.all()],
        "fields": [str(names.get(one, one)) for one in practice.fields],
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
    }


@dataclass(frozen=True)
class Act:
    """A step that asks before it is taken."""

    title: Any
    text: Any
    button: Any
    done: Any
    rule: Any
    run: Any
    states: tuple[str, ...]
    danger: bool = False
    form: Any = None


ACTS = {
    "publish": Act(
        gettext_lazy("Put it on line as it was written?"),
        gettext_lazy("Anyone reads it from now on, if the programme is public; a letter tells the organisation."),
        gettext_lazy("Put it on line as it was written"), gettext_lazy("It is on line."),
        rules.publish, actions.publish, (PracticeState.DRAFT,),
    ),
    "ask": Act(
        gettext_lazy("Ask the organisation to confirm the text?"),
        gettext_lazy("They read it beside what they had written. Once they confirm, it goes on line by itself."),
        gettext_lazy("Ask the organisation to confirm"), gettext_lazy("The organisation is asked: a letter leaves."),
        rules.ask, actions.ask, (PracticeState.DRAFT,),
    ),
    "take-back": Act(
        gettext_lazy("Take it back to its preparation?"),
        gettext_lazy("Nobody else sees it there, and you can edit it."),
        gettext_lazy("Back to the preparation"), gettext_lazy("It is in preparation again."),
        rules.take_back, actions.take_back,
        (PracticeState.ASKED, PracticeState.WITHDRAWN, PracticeState.LEFT_OUT),
    ),
    "withdraw": Act(
        gettext_lazy("Take it off line?"),
        gettext_lazy("Its page and its place in lists and suggestions go at once. Nothing is deleted."),
        gettext_lazy("Take off line"), gettext_lazy("It is off line."),
        rules.withdraw, actions.withdraw, (PracticeState.PUBLISHED,), danger=True, form=ReasonForm,
    ),
    "leave-out": Act(
        gettext_lazy("Leave it out?"),
        gettext_lazy("It is not published; a letter tells the organisation why. You can take it up again."),
        gettext_lazy("Leave it out"), gettext_lazy("It is left out: a letter tells the organisation why."),
        rules.leave_out, actions.leave_out, (PracticeState.DRAFT,), danger=True, form=ReasonForm,
    ),
}  # fmt: skip


def standing(practice: Practice, person: Person) -> dict[str, Any]:
    """Where it stands for the staff, and what can be done."""
    refused = rules.edit(practice.programme, person)
    return {
        "practice": practice,
        "programme": practice.programme,
        "tone": TONES[practice.state],
        "trail": trail(practice.programme, practice.title_i18n),
        "edits": refused is None,
        "writes": refused is None and practice.state == PracticeState.DRAFT,
        "texts": told(practice),
        "gone": gone(practice),
        "acts": [
            (
                act.button,
                reverse("publishing:practice_act", args=[practice.pk, key]),
                why_not(act, practice),
                act.danger,
            )
            for key, act in ACTS.items()
            if practice.state in act.states and refused is None
        ],
    }


def gone(practice: Practice) -> Any:
    """What has become of the application that it comes from, if it is not there to be read any more."""
    if rules.application_withdrawn(practice):
        return _(
            "The organisation has withdrawn the application: nothing goes on line unless it confirms the text."
        )
    if practice.application is None:
        return _("The application is there no more. What was handed in to be published is kept here.")
    if practice.application.emptied_at is not None:
        return _(
            "The answers of the application were erased. What was handed in to be published is kept here."
        )
    return ""


def why_not(act: Act, practice: Practice) -> str | None:
    """The rule's words for somebody who may edit, without asking for their roles again."""
    refused: str | None = act.rule(practice, None)
    return refused


def trail(programme: Programme, last: str) -> list[tuple[str, str]]:
    return [(_("Good practices"), reverse("publishing:practice_desk", args=[programme.slug])), (last, "")]


def compared(practice: Practice) -> list[tuple[Any, str, str]]:
    """All that would be read as it is now, beside what was handed in where that differs."""
    lines = []
    for name in PRACTICE_TEXTS:
        heading = HEADINGS.get(name, gettext_lazy("Title"))
        lines.append((heading, rules.text_now(practice, name), practice.written.get(name, "")))
        for language, text in translations_of(practice, name, practice.language).items():
            lines.append((named_in(heading, language), text, ""))
    stands = practice.as_it_stands()
    lines += [(heading, in_words(stands), in_words(practice.written)) for heading, in_words in PLAIN_WORDS]
    return [
        (heading, now or "—", "" if now == then else then or "—")
        for heading, now, then in lines
        if now or then
    ]


def contact_told(said: Mapping[str, Any]) -> str:
    """The address, and whether anyone reads it."""
    if not said.get("contact"):
        return ""
    words = _("%(contact)s (published)") if said.get("contact_public") else _("%(contact)s (not published)")
    return words % {"contact": said["contact"]}


# What is the same in every language: what stands above it, and how it is told.
PLAIN_WORDS: tuple[tuple[Any, Callable[[Mapping[str, Any]], str]], ...] = (
    (gettext_lazy("To read more"), lambda said: "\n".join(said.get("links", []))),
    (gettext_lazy("Where it happened"), lambda said: said.get("place", "")),
    (
        gettext_lazy("Sectors"),
        lambda said: ", ".join(str(Sector(one).label) for one in said.get("sectors", [])),
    ),
    (gettext_lazy("Whom to ask"), contact_told),
)


@dataclass(frozen=True)
class Shown:
    """A suggestion as the initiative's page draws it: why, and what the team made of it."""

    practice: Any
    reason: str
    passage: str
    verdict: str
    dimmed: bool


def reason_of(one: Suggestion) -> str:
    """Why it is suggested, in words."""
    if not one.gaps:
        return _("It is near to what you have written:")
    titles = [str(gap.dimension.title_i18n) for gap in one.gaps]
    return ngettext(
        "It meets your need of %(titles)s.", "It meets your needs of %(titles)s.", len(titles)
    ) % {"titles": ", ".join(titles)}


def shown(one: Suggestion) -> Shown:
    verdict = Verdict(one.practice.verdict).label if one.practice.verdict else ""
    dimmed = one.practice.verdict == Verdict.NOT_FOR_US
    return Shown(one.practice, reason_of(one), one.passage, str(verdict), dimmed)


def suggestions(initiative: Any) -> list[Shown]:
    """What is suggested to the initiative."""
    return [shown(one) for one in queries.suggested(initiative)]
