"""A letter that the staff writes in its own words to the teams of chosen applications."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vivaio.applications.states import OwnLetterState
from vivaio.calls.models import Call
from vivaio.kit.models import Row


class OwnLetter(Row):
    """What is said to whom. `words` holds, by language, subject and text just as they were typed.

    `narrowed` says that the rows were found by how they stand, which may give away what nobody was told yet.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="own_letters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    rows = models.JSONField(default=list, editable=False)
    words = models.JSONField(default=dict)
    to_all = models.BooleanField(default=False)
    narrowed = models.BooleanField(default=False, editable=False)
    back = models.CharField(max_length=2000, blank=True)
    state = models.CharField(max_length=10, choices=OwnLetterState.choices, default=OwnLetterState.DRAFT)
    written_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("letter in own words")
        verbose_name_plural = _("letters in own words")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        own = self.words.get((get_language() or "it").split("-")[0], {})
        subjects = (said.get("subject", "") for said in (own, *self.words.values()))
        return next((one for one in subjects if one.strip()), "") or str(_("Letter without a subject"))

    @property
    def programme_id(self):
        return self.call.programme_id

    def get_absolute_url(self) -> str:
        return reverse("applications:own_letter", args=[self.pk])
