"""How a person wants to find a list of the programme again."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.kit.models import Row
from vivaio.programmes.models.programme import Programme

LONGEST_NAME = 60
LONGEST_QUERY = 1000


def shared_ones_stay(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """A person's own views go with them; what they shared stays with the staff, without an owner."""
    models.CASCADE(collector, field, sub_objs.filter(shared=False), using)
    models.SET_NULL(collector, field, sub_objs.filter(shared=True), using)


class SavedView(Row):
    """A search, filters, an order and columns under a name: what the list's address holds after the question mark.

    `list_key` is the key of the list's table: a view serves that list wherever the programme shows it.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="saved_views")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, shared_ones_stay, null=True, related_name="saved_views"
    )
    list_key = models.CharField(max_length=60, editable=False)
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY, editable=False)
    shared = models.BooleanField(_("shared with the programme’s staff"), default=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "person", "list_key", "name"], name="saved_view_name_once"
            ),
            models.CheckConstraint(
                condition=models.Q(shared=True) | models.Q(person__isnull=False),
                name="saved_view_is_someones",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UsualView(Row):
    """The view with which a list opens for a person; one for each list of a programme."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="usual_views")
    list_key = models.CharField(max_length=60, editable=False)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="usual_for")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "person", "list_key"], name="usual_view_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.view}"
