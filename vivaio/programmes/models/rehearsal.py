"""A rehearsal of a call: a programme of its own, invented and unseen, that goes without a trace."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.kit.models import Row
from vivaio.programmes.models.programme import Programme


class Rehearsal(Row):
    """A call of `rehearsed` tried out in `programme`, which holds nothing else and is never public.

    `call` is the call that is tried out, `twin` its copy; `people` and `organisations` were invented for it. All
    that was written goes at `ends_at`, or when somebody ends it before.
    """

    programme = models.OneToOneField(Programme, models.CASCADE, related_name="rehearsal")
    rehearsed = models.ForeignKey(Programme, models.CASCADE, related_name="rehearsals")
    call = models.UUIDField()
    twin = models.UUIDField(null=True)
    seed = models.PositiveIntegerField(default=1)
    people = models.JSONField(default=list)
    organisations = models.JSONField(default=list)
    ends_at = models.DateTimeField()
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("rehearsal")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["call"], name="one_rehearsal_of_a_call")]

    def __str__(self) -> str:
        return str(self.programme)
