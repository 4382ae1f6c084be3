"""What follows from the points of a checklist: an outcome to propose, and its reasons in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vivaio.applications import rules
from vivaio.applications.checking import rules as two
from vivaio.applications.models import Check, Proposal
from vivaio.applications.states import ApplicationState, CheckOutcome
from vivaio.calls.models import Condition
from vivaio.calls.states import ConditionKind
from vivaio.questionnaires import queries as questionnaires

CHECK, ADMIT, EXCLUDE, ASK = "check", "admit", "exclude", "ask"


@dataclass(frozen=True)
class Outcome:
    """What the points speak for, why, and the words that a decision would begin with."""

    kind: str
    words: str
    reasons: str = ""
    questions: list[str] = field(default_factory=list)


def of(checks: Iterable[Check]) -> Outcome:
    """A point not met speaks for exclusion; one to be integrated for asking; all looked at for admission."""
    checks = list(checks)
    failed = [one for one in checks if one.outcome == CheckOutcome.NOT_MET]
    asked = [one for one in checks if one.outcome == CheckOutcome.INTEGRATE]
    open_ = [one for one in checks if one.outcome == CheckOutcome.UNKNOWN]
    if failed:
        words = ngettext("%(n)d point is not met.", "%(n)d points are not met.", len(failed))
        return Outcome(EXCLUDE, words % {"n": len(failed)}, told(failed))
    if asked:
        words = ngettext("%(n)d point is to be integrated.", "%(n)d points are to be integrated.", len(asked))
        return Outcome(ASK, words % {"n": len(asked)}, told(asked), looked_at(asked))
    if open_:
        words = ngettext(
            "%(n)d point is still to be checked.", "%(n)d points are still to be checked.", len(open_)
        )
        return Outcome(CHECK, words % {"n": len(open_)})
    return Outcome(ADMIT, _("Every point is met, or does not apply."))


def to_ask(checks: Iterable[Check]) -> Outcome:
    """What a request for integration begins with: the points to be integrated, whatever else the list says."""
    asked = [one for one in checks if one.outcome == CheckOutcome.INTEGRATE]
    return Outcome(ASK, "", told(asked), looked_at(asked))


def told(checks: Iterable[Check]) -> str:
    """The points with the notes on them, a line each."""
    return "\n".join(f"– {one.condition}: {one.note}" if one.note else f"– {one.condition}" for one in checks)


def looked_at(checks: Iterable[Check]) -> list[str]:
    """The questions that the points look at: those that the applicant may be asked to answer anew."""
    return list(dict.fromkeys(name for one in checks for name in questions_of(one.condition)))


def questions_of(condition: Condition) -> list[str]:
    """The questions whose answers a point looks at."""
    parameters: dict[str, Any] = condition.parameters or {}
    if condition.kind == ConditionKind.ANSWER:
        return questionnaires.asked_in(str(parameters.get("expression", "")))
    named = parameters.get("question")
    return [str(named)] if named else []


def why_not(proposal: Proposal) -> Any:
    """What speaks, at this moment, against deciding what was proposed."""
    if proposal.outcome == ApplicationState.ADMITTED:
        return rules.meets(proposal.application)
    return two.reasons_told(proposal.application, proposal.reason)
