"""The sections of the editor: what they are called, and how each stands."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.calls import events, rules
from vivaio.calls.models import Call
from vivaio.kit.frame import Item
from vivaio.people.models import Person

SECTIONS: dict[str, Any] = {
    "texts": _("Texts"),
    "windows": _("Windows and days"),
    "applicants": _("Who applies, and the form"),
    "tracks": _("Tracks and places"),
    "conditions": _("Conditions"),
    "checking": _("Who checks"),
    "criteria": _("Criteria"),
    "ties": _("What decides"),
    "comments": _("Comments of the jury"),
    "awards": _("What one receives"),
    "dates": _("Other dates"),
    "stages": _("Stages"),
    "publication": _("What is published"),
    "documents": _("Documents"),
}
HELP: dict[str, Any] = {
    "tracks": _("Each track has places of its own and a ranking of its own."),
    "conditions": _(
        "They are the points of the staff’s checklist: what can be computed is computed as applications arrive, people"
        " check the others. Documents and the staff’s own points belong here too."
    ),
    "checking": _("How the staff decides which applications are eligible."),
    "criteria": _("Jurors score every criterion. The weights add up to 100."),
    "ties": _(
        "What jurors know of who applies, the figure that makes the ranking, and what counts between applications"
        " with the same one, in order."
    ),
    "comments": _(
        "Whether applicants receive, once the outcome was told, what jurors wrote about their application: by criterion"
        " and without names. Applicants read it in the call, and it stays as it is from the opening on."
    ),
    "awards": _("A place, a voucher, a prize, a grant: for one track or for all."),
    "dates": _("Days worth showing beside the windows: an information meeting, a presentation."),
    "stages": _(
        "A call may choose in several steps. Each stage has its own form, criteria, jury and ranking; whoever is"
        " selected in one enters the next."
    ),
    "documents": _("PDF, pictures and office documents that anyone may download with the call."),
}


@dataclass(frozen=True)
class Step:
    """A section as the rail of steps draws it."""

    title: Any
    href: str
    state: str
    note: Any
    current: bool


def address(call: Call, name: str, *more: str) -> str:
    return reverse(f"calls:{name}", args=[call.programme.slug, call.slug, *more])


def steps(call: Call, current: str = "") -> list[Step]:
    """The rail: which section wants something before the call can be published."""
    wanting = dict(rules.publication_needs(call))
    return [
        Step(
            title=title,
            href=address(call, "stages") if key == "stages" else address(call, "edit", key),
            state="missing" if key in wanting else "",
            note=_("something is missing") if key in wanting else "",
            current=key == current,
        )
        for key, title in SECTIONS.items()
    ]


def frame(request: HttpRequest, call: Call, section: str = "", **more: Any) -> dict[str, Any]:
    """What every page of the editor shows: where it stands, its rail, what is locked."""
    request.frame_programme = call.programme  # type: ignore[attr-defined]
    return {
        "call": call,
        "programme": call.programme,
        "zone": call.time_zone,
        "section": section,
        "heading": SECTIONS.get(section, ""),
        "help": HELP.get(section, ""),
        "steps": steps(call, section),
        "home_href": address(call, "manage"),
        "trail": trail(call, SECTIONS.get(section, "")),
        **more,
    }


def trail(call: Call, last: Any = "") -> list[tuple[Any, str]]:
    found = [(_("Calls"), reverse("calls:staff_list", args=[call.programme.slug]))]
    found.append((call, address(call, "manage")))
    return [*found, (last, "")] if last else found


def figures(call: Call, person: Person) -> list[tuple[Any, int, str]]:
    """What other rooms count of the call, as far as the person may read it: words, count, where it stands."""
    told = events.counting.send(Call, call=call, person=person)
    by_room = sorted(told, key=lambda one: one[0].__module__)  # applications, then the jury
    return [figure for _receiver, answer in by_room for figure in answer or ()]


def neighbours(call: Call) -> list[Item]:
    """The rooms that work on the same call; each counts its own."""
    named = (
        (_("Applications received"), "applications:received"),
        (_("Figures of the applications"), "applications:figures"),
        (_("Amend or extend the call"), "calls:notice"),
        (_("Questions on the call"), "calls:question_queue"),
        (_("Jury"), "jury:panel"),
        (_("Ranking"), "jury:ranking"),
        (_("Letters"), "desk:call_letters"),
        (_("Public page"), "calls:call"),
        (_("Use as the basis of a new call"), "calls:clone"),
    )
    if not call.programme.is_rehearsal:
        named = (*named, (_("Try the call out"), "desk:rehearsal"))
    return [Item(label, reverse(name, args=[call.programme.slug, call.slug])) for label, name in named]
