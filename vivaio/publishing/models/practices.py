"""Good practices of other organisations, and what the programme's initiatives make of them."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.applications.models import Application
from vivaio.initiatives.models import Contact, Dimension, Initiative
from vivaio.kit.models import Row
from vivaio.kit.revisions import mark_of
from vivaio.people.models import Organisation
from vivaio.people.states import Sector
from vivaio.programmes.models import Programme
from vivaio.publishing.states import PRACTICE_MOVES, PRACTICE_PLAIN, PRACTICE_TEXTS, PracticeState, Verdict

PERSON = settings.AUTH_USER_MODEL


class Practice(Row):
    """What an organisation did about a need, told for others. Its tags are the needs that it meets.

    `written` is all that was handed in to be read, by name: it never changes. `note` is what the organisation, asked
    to confirm the edited text, would have otherwise; `reason` why it was left out or taken off line. `fields` are
    plain keys of the competence bank's fields.
    """

    MOVES = PRACTICE_MOVES
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="practices")
    application = models.OneToOneField(
        Application, models.SET_NULL, null=True, blank=True, related_name="practice", editable=False
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="practices")
    slug = models.SlugField(max_length=80)
    state = models.CharField(max_length=12, choices=PracticeState.choices, default=PracticeState.DRAFT)
    title = models.CharField(_("title"), max_length=160)
    need = models.TextField(_("the problem"), blank=True)
    done = models.TextField(_("what was done"), blank=True)
    partners = models.TextField(_("with whom"), blank=True)
    costs = models.TextField(_("costs and time"), blank=True)
    results = models.TextField(_("results"), blank=True)
    avoid = models.TextField(_("what to avoid"), blank=True)
    links = ArrayField(models.URLField(max_length=500), default=list, blank=True, verbose_name=_("links"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector.choices),
        default=list,
        blank=True,
        verbose_name=_("sectors"),
    )
    dimensions = models.ManyToManyField(Dimension, blank=True, related_name="practices")
    fields = ArrayField(models.SlugField(max_length=50, db_index=False), default=list, blank=True)
    contact = models.CharField(_("whom to ask"), max_length=200, blank=True)
    contact_public = models.BooleanField(_("the contact is published"), default=False)
    language = models.CharField(max_length=7, default="it", editable=False)
    written = models.JSONField(default=dict, editable=False)
    note = models.TextField(_("what the organisation would have otherwise"), max_length=2000, blank=True)
    reason = models.TextField(_("why"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, editable=False, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    i18n = TranslationField(fields=("title", "need", "done", "partners", "costs", "results", "avoid"))
    title_i18n: str
    need_i18n: str
    done_i18n: str
    partners_i18n: str
    costs_i18n: str
    results_i18n: str
    avoid_i18n: str

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        ordering = ["-published_at", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="practice_slug_once"),
            models.CheckConstraint(
                condition=~models.Q(state=PracticeState.PUBLISHED) | models.Q(published_at__isnull=False),
                name="practice_on_line_has_its_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state", "-published_at"], name="practice_newest"),
            GinIndex(fields=["fields"], name="practice_fields"),
        ]

    def __str__(self) -> str:
        return self.title_i18n

    def get_absolute_url(self) -> str:
        return reverse("publishing:practice", args=[self.programme.slug, self.slug])

    @property
    def is_public(self) -> bool:
        """Whether it is on line, as far as it depends on itself."""
        return self.state == PracticeState.PUBLISHED

    def as_it_stands(self) -> dict[str, Any]:
        """What its organisation answers for, in every language; tags are the staff's."""
        kept = {name: getattr(self, name) for name in (*PRACTICE_TEXTS, *PRACTICE_PLAIN)}
        return kept | {"i18n": self.i18n or {}}

    @property
    def revision(self) -> str:
        """The mark of what stands now: whoever confirms it, or sends it back, says what they read."""
        return mark_of(self.as_it_stands())

    @property
    def sector_names(self) -> str:
        """The sectors in words."""
        names = dict(Sector.choices)
        return ", ".join(str(names.get(code, code)) for code in self.sectors)


class OfPractice(Row):
    """What an initiative does with a practice that was shown to it."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="+")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, editable=False, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.initiative} · {self.practice}"

    @property
    def programme_id(self) -> uuid.UUID:
        return self.practice.programme_id


class PracticeMark(OfPractice):
    """Whether a practice is of use to an initiative, as its team says."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="marks")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="practice_marks")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)

    class Meta:
        verbose_name = _("mark of a good practice")
        verbose_name_plural = _("marks of good practices")
        constraints = [
            models.UniqueConstraint(fields=["practice", "initiative"], name="practice_marked_once")
        ]


class PracticeIntroduction(OfPractice):
    """A team asks to be introduced to whoever did it; from then on it is a contact of the initiative."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="introductions")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="practice_introductions")
    message = models.TextField(_("message"), max_length=1200)
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("introduction asked through a good practice")
        verbose_name_plural = _("introductions asked through good practices")
        constraints = [
            models.UniqueConstraint(fields=["practice", "initiative"], name="practice_introduced_once")
        ]
