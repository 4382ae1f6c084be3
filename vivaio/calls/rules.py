"""Who may change a call, and when: what applicants rely on is fixed when the call opens."""

from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.calls.staging import needs
from vivaio.calls.states import DRAW, EARLIER, CallState, Window
from vivaio.kit import formats
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.programmes.rules import may

TERMS = ("tracks", "conditions", "criteria", "awards")
MOST_DOCUMENTS = 30

# The title, its summary and what comes after the selection may be mended while applications arrive; the rest of what
# applicants rely on changes by a notice alone, which everybody reads (`calls.notices`).
ALWAYS_MENDABLE = {
    "title", "summary", "phase", "scoring_opens_at", "scoring_closes_at",
}  # fmt: skip


def edit(call: Call, person: Person | None) -> str | None:
    """Whether the person may edit the call at all."""
    return may(person, "calls.edit", call.programme_id)


def change_terms(call: Call) -> str | None:
    """Tracks, conditions, criteria, awards and tie rule are fixed from the opening on."""
    if call.state == CallState.DRAFT or call.window == Window.AHEAD:
        return None
    return _(
        "“%(call)s” has opened, and applicants rely on what it says: its criteria and its tie rule stay as they are."
        " Dates, texts, places, awards and the words of conditions change by a notice, which everybody reads."
    ) % {"call": call}


def change_call(call: Call, changed: Sequence[str]) -> str | None:
    """Once the call has opened, title, summary and what follows the selection change; all else by a notice."""
    if refused := needs.fixed(call, changed):
        return refused
    beyond = set(changed) - ALWAYS_MENDABLE
    if not beyond or call.state == CallState.DRAFT:
        return None
    stored = Call.objects.get(pk=call.pk)
    if stored.window == Window.AHEAD:
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
    return [words for _section, words in publication_needs(call)]


def publication_needs(call: Call) -> list[tuple[str, str]]:
    """What is missing for the publication, each with the section of the editor where it is mended."""
    missing = []
    if not call.form_id:
        missing.append(("applicants", _("the application form")))
    if not call.tracks.all():
        missing.append(("tracks", _("at least one track with its places")))
    weights = [criterion.weight for criterion in call.criteria.all()]
    if not weights and not call.collects:
        missing.append(("criteria", _("the criteria")))
    elif weights and (total := sum(weights, Decimal())) != 100:
        words = _("weights of the criteria that add up to 100 (now %(sum)s)")
        missing.append(("criteria", words % {"sum": formats.number(total)}))
    known = known_tie_breaks(call)
    unknown = [rule for rule in call.tie_breaks if rule not in known]
    if unknown:
        words = _("a tie rule that names existing criteria (not %(names)s)")
        missing.append(("ties", words % {"names": ", ".join(unknown)}))
    if DRAW in call.tie_breaks[:-1]:
        missing.append(("ties", _("a tie rule in which nothing comes after the draw")))
    if DRAW in call.tie_breaks and not call.draw_source:
        missing.append(("ties", _("what the draw among equal scores is taken from")))
    return [*missing, *(("stages", words) for words in needs.missing(call))]


def known_tie_breaks(call: Call) -> list[str]:
    """The steps of the tie rule that name a criterion that is there."""
    known = {f"criterion:{criterion.key}" for criterion in call.criteria.all()}
    return [rule for rule in call.tie_breaks if rule in known | {EARLIER, DRAW}]


def still_complete(call: Call) -> str | None:
    """A published call keeps everything that its publication needed."""
    if call.state != CallState.PUBLISHED:
        return None
    missing = what_publication_needs(call)
    if missing:
        return _(
            "The call is public, so nothing that it needs may go missing. Not saved, for it would lack: %(list)s."
        ) % {"list": "; ".join(missing)}
    return None


def create(programme: Programme, person: Person | None) -> str | None:
    """Whether the person may begin a call in the programme."""
    return may(person, "calls.edit", programme)


def own_name(name: str) -> str:
    """The field that `title_en` is a translation of."""
    base, _mark, language = name.rpartition("_")
    return base if base and language in settings.MODELTRANS_AVAILABLE_LANGUAGES else name


def alive(call: Call) -> str | None:
    """A call that is over stays as it was."""
    if call.state == CallState.WITHDRAWN:
        return _("This call was withdrawn: it stays as it was.")
    if call.state == CallState.CONCLUDED:
        return _("This call is concluded: it stays as it was.")
    return None


def arrange(call: Call, part: str, person: Person | None) -> str | None:
    """Whether the person may change these rows now; extra dates may be mended until the call is over."""
    if refused := edit(call, person) or alive(call) or (change_terms(call) if part in TERMS else None):
        return refused
    return needs.announced(call) if part == "tracks" else None


def add_document(call: Call, person: Person | None) -> str | None:
    """Documents may be added until the call is withdrawn; a concluded one still receives its outcome."""
    if reason := edit(call, person):
        return reason
    if call.state == CallState.WITHDRAWN:
        return alive(call)
    if call.documents.count() >= MOST_DOCUMENTS:
        return _("There are %(n)d documents already: remove one first.") % {"n": MOST_DOCUMENTS}
    return None


def take_back(call: Call, person: Person | None) -> str | None:
    """Published calls go back to their preparation only before they open."""
    if reason := edit(call, person):
        return reason
    if call.state != CallState.PUBLISHED:
        return _("This call is not published.")
    if call.window != Window.AHEAD:
        return _("The call has opened: it can be concluded or withdrawn, no longer taken back.")
    return None


def conclude(call: Call, person: Person | None) -> str | None:
    """A published call is concluded once it has closed."""
    if reason := edit(call, person):
        return reason
    if call.state != CallState.PUBLISHED:
        return _("This call is not published.")
    if call.window != Window.SHUT:
        return _("The call can be concluded when it has closed.")
    return None


def withdraw(call: Call, person: Person | None) -> str | None:
    """A published call may be withdrawn at any moment, with a reason."""
    if reason := edit(call, person):
        return reason
    if call.state != CallState.PUBLISHED:
        return _("This call is not published.")
    return None


def reason_given(reason: str) -> str | None:
    """Whoever reads the page learns why."""
    return None if reason.strip() else _("Write why: whoever opens the call's page reads it.")
