"""The results page of a programme: its figures as they stood on a day, and what the staff writes above them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modeltrans.fields import TranslationField

from vivaio.kit.models import Row
from vivaio.programmes.models import Programme
from vivaio.publishing.states import RESULTS_MOVES, ResultsPart, ResultsState


class Results(Row):
    """What came of a programme. `figures` hold counts and sums as they stood at `taken_at`: no person, no title.

    Names come from what is public at the moment of reading: a story that is withdrawn leaves this page too. `left_out`
    are the parts that the staff does not tell.
    """

    MOVES = RESULTS_MOVES
    programme = models.OneToOneField(Programme, models.CASCADE, related_name="results")
    state = models.CharField(max_length=12, choices=ResultsState.choices, default=ResultsState.DRAFT)
    introduction = models.TextField(pgettext_lazy("results", "introduction"), max_length=4000, blank=True)
    left_out = ArrayField(
        models.CharField(max_length=12, choices=ResultsPart.choices),
        verbose_name=_("parts that are left out"),
        default=list,
        blank=True,
    )
    figures = models.JSONField(default=dict, editable=False)
    taken_at = models.DateTimeField(editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    i18n = TranslationField(fields=("introduction",))
    introduction_i18n: str

    class Meta:
        verbose_name = _("results of the programme")
        verbose_name_plural = _("results of the programmes")

    def __str__(self) -> str:
        return str(self.programme)

    def get_absolute_url(self) -> str:
        return reverse("publishing:results", args=[self.programme.slug])

    @property
    def is_public(self) -> bool:
        """Whether it is on line, as far as it depends on itself."""
        return self.state == ResultsState.PUBLISHED
