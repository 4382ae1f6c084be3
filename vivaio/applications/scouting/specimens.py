"""An invitation as it would be, to read its letter before it is sent; nothing is stored."""

from collections.abc import Mapping
from typing import Any

from vivaio.applications.models import Prospect, ProspectInvitation
from vivaio.people.models import Person


def invitation(prospect: Prospect, given: Mapping[str, Any], *, by: Person) -> ProspectInvitation:
    """The invitation to `call`, in a `language`, with `words`."""
    found = ProspectInvitation(
        prospect=prospect,
        email=prospect.email,
        contact_name=prospect.contact_name,
        invited_by=by,
        **{name: given[name] for name in ("call", "language", "words")},
    )
    found.token = ""
    return found
