"""Who may word the letters of a call."""

from vivaio.calls import rules as calls
from vivaio.calls.models import Call
from vivaio.people.models import Person


def word(call: Call, person: Person | None) -> str | None:
    """Those who write the call, as long as it is alive."""
    return calls.edit(call, person) or calls.alive(call)
