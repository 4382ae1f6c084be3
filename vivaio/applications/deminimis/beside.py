"""What the staff reads of a declaration: the signed words, the signature, what the register said."""

from typing import Any

from vivaio.applications.deminimis import queries, telling
from vivaio.applications.models import Application


def beside(application: Application) -> dict[str, Any]:
    """The declaration for the staff's pages; only what was signed counts. Three queries."""
    found = queries.declaration_of(application)
    signed = found is not None and found.is_signed
    return {
        "declaration": found,
        "words": found.signed_words if found and signed else "",
        "digest": found.digest if found and signed else "",
        "signed": telling.signed_line(found, application.call.time_zone) if found and signed else "",
        "represents": queries.represents(application, found.signed_by) if found and signed else True,
        "verifications": list(application.aid_verifications.select_related("checked_by")),
    }
