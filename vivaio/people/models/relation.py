"""The one table that conflicts of interest are read from."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.kit.models import Row
from vivaio.people.models.organisation import Organisation
from vivaio.people.states import RelationKind, RelationSource


class Relation(Row):
    """A tie from a person to an organisation or to another person, declared or found.

    `origin` names what it was found in (`membership:<id>`, `board:<id>`, `engagement:<id>`), so that the
    room that wrote it can end it; a declared relation has none.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="relations")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="relations"
    )
    other_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="relations_to"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=RelationKind.choices)
    source = models.CharField(max_length=10, choices=RelationSource.choices, default=RelationSource.DECLARED)
    origin = models.CharField(max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) ^ models.Q(other_person__isnull=False),
                name="relation_has_one_end",
            ),
            models.UniqueConstraint(
                fields=["origin"], condition=~models.Q(origin=""), name="relation_origin_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation or self.other_person} ({self.get_kind_display()})"
