"""How addresses name things."""

from uuid import UUID

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

SLUG = r"^[-a-zA-Z0-9_]{1,50}$"


class InProgramme(Schema):
    """A programme."""

    programme: str = Field(pattern=SLUG, description=_("The programme's slug."))


class InCall(InProgramme):
    """A call of a programme."""

    call: str = Field(pattern=SLUG, description=_("The call's slug."))


class ById(Schema):
    """One thing of a kind."""

    id: UUID = Field(description=_("Its identifier."))
