"""Who may change a call, and when: what applicants rely on is fixed when the call opens."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.calls.states import CallState, Window
from vivaio.people.models import Person
from vivaio.programmes.rules import may

# Words and what comes after the selection may be mended while applications arrive.
ALWAYS_MENDABLE = {
    "title", "summary", "who", "what", "text", "phase", "scoring_opens_at", "scoring_closes_at",
}  # fmt: skip


def edit(call: Call, person: Person | None) -> str | None:
    """Whether the person may edit the call at all."""
    return may(person, "calls.edit", call.programme_id)


def change_terms(call: Call) -> str | None:
    """Tracks, conditions, criteria, awards and tie rule are fixed from the opening on."""
    if call.state == CallState.DRAFT or call.window == Window.AHEAD:
        return None
    return _(
        "“%(call)s” has opened: its tracks, conditions, criteria, awards and tie rule can no longer change,"
        " because applicants rely on them. Mend the texts, or postpone the closing."
    ) % {"call": call}


def change_call(call: Call, changed: Sequence[str]) -> str | None:
    """Once the call has opened, only its words change; the closing may only be postponed, before it passes."""
    beyond = set(changed) - ALWAYS_MENDABLE
    if not beyond or call.state == CallState.DRAFT:
        return None
    stored = Call.objects.only("opens_at", "closes_at", "state").get(pk=call.pk)
    if stored.window == Window.AHEAD:
        return None
    if beyond == {"closes_at"} and stored.is_open() and call.closes_at > stored.closes_at:
        return None
    return change_terms(stored)


def publish(call: Call, person: Person | None) -> str | None:
    """A call is published once everything that applicants need is there."""
    refused = edit(call, person)
    if refused:
        return refused
    missing = what_publication_needs(call)
    if missing:
        return _("The call cannot be published yet. Still missing: %(list)s.") % {"list": "; ".join(missing)}
    return None


def what_publication_needs(call: Call) -> list[str]:
    """What stands between this call and its publication, in words."""
    missing = []
    if not call.form_id:
        missing.append(_("the application form"))
    if not call.tracks.exists():
        missing.append(_("at least one track with its places"))
    weights = list(call.criteria.values_list("weight", flat=True))
    if not weights:
        missing.append(_("the criteria"))
    elif (total := sum(weights, Decimal())) != 100:
        missing.append(
            _("weights of the criteria that add up to 100 (now %(sum)s)") % {"sum": total.normalize()}
        )
    known = {f"criterion:{key}" for key in call.criteria.values_list("key", flat=True)} | {
        "earlier_submission"
    }
    unknown = [rule for rule in call.tie_breaks if rule not in known]
    if unknown:
        missing.append(
            _("a tie rule that names existing criteria (not %(names)s)") % {"names": ", ".join(unknown)}
        )
    return missing
