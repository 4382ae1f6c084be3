"""What was awarded, in the words of the 360Giving Data Standard."""

from django.utils.translation import gettext_noop as _
from ninja import Field, Schema


class OrganizationOut(Schema):
    """An organisation of the standard."""

    id: str = Field(description=_("Names it in this data."))
    name: str = Field(description=_("What it is called; the application's number where it is not named."))
    addressLocality: str | None = Field(None, description=_("Where it has its seat."))  # noqa: N815
    addressCountry: str | None = Field(None, description=_("The country of its seat."))  # noqa: N815


class GrantProgrammeOut(Schema):
    """A call of the standard."""

    code: str = Field(description=_("The call's slug."))
    title: str = Field(description=_("What it is called."))
    url: str = Field(description=_("Its page for people."))


class GrantOut(Schema):
    """A grant of the standard."""

    id: str = Field(description=_("Names the award for ever."))
    title: str = Field(description=_("What was awarded."))
    description: str = Field(description=_("What it is, in words."))
    currency: str = Field(description=_("Currency, as ISO 4217."))
    amountAwarded: float = Field(description=_("The amount, as a number, as the standard wants it."))  # noqa: N815
    awardDate: str = Field(description=_("The day on which the place was accepted."))  # noqa: N815
    recipientOrganization: list[OrganizationOut] | None = Field(  # noqa: N815
        None, description=_("The organisation that received it.")
    )
    recipientIndividual: OrganizationOut | None = Field(  # noqa: N815
        None, description=_("The person who received it, by number unless the call announced names.")
    )
    fundingOrganization: list[OrganizationOut] = Field(description=_("Who gives."))  # noqa: N815
    grantProgramme: list[GrantProgrammeOut] = Field(description=_("The call that it comes from."))  # noqa: N815
    fromOpenCall: str = Field(description=_("Yes: everybody could apply."))  # noqa: N815
    dataSource: str = Field(description=_("Where the ranking is read."))  # noqa: N815
    dateModified: str = Field(description=_("When this was last changed."))  # noqa: N815


class PublisherOut(Schema):
    """A publisher."""

    name: str = Field(description=_("What it is called."))
    website: str = Field(description=_("Its page."))


class PackageOut(Schema):
    """A package of the standard."""

    version: str = Field(description=_("The version of the standard."))
    identifier: str = Field(description=_("Names this package."))
    title: str = Field(description=_("The programme in words."))
    publisher: PublisherOut = Field(description=_("Who publishes."))
    modified: str = Field(description=_("When this was last changed."))
    accessURL: str = Field(description=_("Where people read about it."))  # noqa: N815
    downloadURL: str = Field(description=_("Where this package is."))  # noqa: N815
    license: str = Field(description=_("How it may be reused."))
    grants: list[GrantOut] = Field(description=_("What was awarded."))
