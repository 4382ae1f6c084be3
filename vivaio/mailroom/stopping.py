"""The link in a letter that stops letters of its kind (RFC 8058): signed, good for a year, of that letter alone.

It names the letter and nothing else: no address stands in it, and once the letter is erased it opens nothing.
"""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from vivaio.mailroom.models import OutgoingLetter

GOOD_FOR = dt.timedelta(days=365)
SIGNER = signing.TimestampSigner(salt="vivaio.mailroom.stop")


def link(letter: OutgoingLetter) -> str:
    """The address that stops letters like this one, in its language."""
    with override(letter.language):
        path = reverse("people:stop_letters", args=[SIGNER.sign(letter.pk.hex)])
    return f"{settings.BASE_URL}{path}"


def letter_of(token: str) -> UUID | None:
    """The letter whose link this is; None for a link that nobody signed, or that is too old."""
    try:
        return UUID(SIGNER.unsign(token, max_age=GOOD_FOR))
    except (signing.BadSignature, ValueError):
        return None
