"""The public page that a team writes about its initiative."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.initiatives.models.initiative import Initiative
from vivaio.initiatives.states import InitiativeState, StoryState
from vivaio.kit.models import Row
from vivaio.kit.revisions import mark_of

WORDS = ("lead", "text", "picture_alt")
PICTURE = ("picture_width", "picture_height")


class Story(Row):
    """What the team writes for everybody to read. `shown` is what was approved last, and nothing else is public.

    The initiative's title is approved with the words, and so is the enterprise that has come of it: what is new of
    them reaches the page with its next approval.
    The text names no beneficiary: the team says so when it asks for approval (`declared_at`).
    """

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="story")
    state = models.CharField(max_length=12, choices=StoryState.choices, default=StoryState.WRITING)
    lead = models.CharField(_("in one sentence"), max_length=300, blank=True)
    text = models.TextField(_("the story"), max_length=12000, blank=True)
    picture = models.FileField(_("picture"), upload_to="stories", blank=True)
    picture_alt = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    picture_width = models.PositiveIntegerField(default=0)
    picture_height = models.PositiveIntegerField(default=0)
    i18n = TranslationField(fields=WORDS)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    shown = models.JSONField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    lead_i18n: str
    text_i18n: str
    picture_alt_i18n: str

    class Meta:
        verbose_name = _("story of an initiative")
        verbose_name_plural = _("stories of initiatives")
        ordering = ["-published_at", "-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(picture="") | ~models.Q(picture_alt=""), name="story_picture_in_words"
            ),
        ]

    def __str__(self) -> str:
        return self.initiative.title

    @property
    def programme_id(self):
        return self.initiative.programme_id

    def get_absolute_url(self) -> str:
        return reverse("initiatives:story", args=[self.initiative.programme.slug, self.initiative.slug])

    @property
    def is_public(self) -> bool:
        """Whether some version of it is on line."""
        return self.shown is not None

    def as_it_stands(self) -> dict[str, Any]:
        """What an approval puts on line."""
        kept = {name: getattr(self, name) for name in (*WORDS, *PICTURE)}
        picture, i18n = self.picture.name or "", self.i18n or {}
        kept |= {"picture": picture, "i18n": i18n, "title": self.initiative.title}
        return kept | ({"enterprise": self.enterprise} if self.enterprise else {})

    @property
    def enterprise(self) -> dict[str, str] | None:
        """What the page says of the enterprise that has come of it: its name, what it does, its town."""
        born = self.initiative.enterprise if self.initiative.state == InitiativeState.SPUN_OFF else None
        return born and {"name": born.name, "does": born.description, "place": born.municipality}

    @property
    def public_enterprise(self) -> dict[str, str] | None:
        """The same as it was approved with what is on line, as long as it holds."""
        holds = self.initiative.state == InitiativeState.SPUN_OFF
        return (self.shown or {}).get("enterprise") if holds else None

    @property
    def revision(self) -> str:
        """The mark of what stands now: whoever approves it, or sends it back, says which words they read."""
        return mark_of(self.as_it_stands())

    @property
    def public_version(self) -> "Story":
        """The version that is on line, as a row that is never saved."""
        kept = {
            name: value for name, value in (self.shown or {}).items() if name not in ("title", "enterprise")
        }
        return Story(pk=self.pk, initiative=self.initiative, published_at=self.published_at, **kept)

    @property
    def public_title(self) -> str:
        """The title that was approved with what is on line."""
        return (self.shown or {}).get("title") or self.initiative.title
