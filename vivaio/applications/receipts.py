"""The receipt as a document."""

from django.http import HttpResponseBase

from vivaio.applications.models import Application, Receipt


def valid(application: Application) -> Receipt | None:
    """The receipt that counts now: the last one not superseded, read from what was prefetched."""
    standing = [receipt for receipt in application.receipts.all() if receipt.superseded_at is None]
    return standing[-1] if standing else None


def response(receipt: Receipt) -> HttpResponseBase:
    """The receipt as PDF/UA."""
    raise NotImplementedError
