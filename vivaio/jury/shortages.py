"""Why no assignment exists, in words, with what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.methods.assignment import Kind


@dataclass(frozen=True)
class Told:
    """One shortage: what is short of what, and the way out. `tab` is the page where that is done."""

    what: str
    way_out: str
    tab: str


def in_words(
    shortages: list[dict[str, Any]], applications: Mapping[str, Any], jurors: Mapping[str, Any]
) -> list[Told]:
    """The shortages of a plan; names come from the two mappings by identifier."""
    return [_told(shortage, applications, jurors) for shortage in shortages]


def _told(shortage: dict[str, Any], applications: Mapping[str, Any], jurors: Mapping[str, Any]) -> Told:
    words = {
        "needed": shortage["needed"],
        "available": shortage["available"],
        "application": applications.get(shortage["application"], ""),
        "juror": jurors.get(shortage["juror"], ""),
    }
    match shortage["kind"]:
        case Kind.TASK_CONFLICTS:
            what = ngettext(
                "“%(application)s” needs %(needed)s jurors, only %(available)s is free of conflict.",
                "“%(application)s” needs %(needed)s jurors, only %(available)s are free of conflict.",
                shortage["available"],
            )
            way_out = _("Invite more jurors, or set a conflict aside with a reason.")
            return Told(what % words, way_out, "panel")
        case Kind.PLACES:
            what = _("The jurors offer %(available)s places, %(needed)s are asked for.")
            way_out = _("Invite more jurors, or raise how many applications somebody reads at most.")
            return Told(what % words, way_out, "panel")
        case Kind.AGENT_CAPACITY:
            what = _(
                "%(juror)s would have to read %(needed)s applications and takes %(available)s at most:"
                " the others are in conflict or full."
            )
            way_out = _("Raise the limit, with the juror's consent, or invite somebody else.")
            return Told(what % words, way_out, "panel")
        case Kind.AGENT_MINIMUM | Kind.AGENT_CONFLICTS:
            what = _(
                "%(juror)s wants at least %(needed)s applications, only %(available)s are left for them."
            )
            return Told(what % words, _("Lower “at least” for this juror."), "panel")
        case Kind.MINIMUMS:
            what = _(
                "The jurors want at least %(needed)s readings all together, only %(available)s are asked for."
            )
            return Told(what % words, _("Lower “at least” for some of them."), "panel")
        case Kind.AGENT_BOUNDS:
            what = _("%(juror)s has “at least” %(needed)s above “at most” %(available)s.")
            return Told(what % words, _("Correct the limits of this juror."), "panel")
    what = _("Locks stand in the way of “%(application)s” %(juror)s.")
    return Told((what % words).strip(), _("Unlock what need not stay."), "assignment")
