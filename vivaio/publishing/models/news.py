"""News of a programme."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit.models import Row
from vivaio.programmes.models import Programme
from vivaio.publishing.states import NEWS_MOVES, NewsState


class News(Row):
    """A piece of news. A scheduled one becomes public at `publish_at`, by the clock."""

    MOVES = NEWS_MOVES
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="news")
    slug = models.SlugField(max_length=80)
    state = models.CharField(max_length=12, choices=NewsState.choices, default=NewsState.DRAFT)
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in short"), max_length=400)
    body = models.TextField(_("text"), blank=True)
    cover = models.FileField(_("cover photo"), upload_to="covers", blank=True)
    cover_alt = models.CharField(_("what the cover photo shows"), max_length=300, blank=True)
    cover_credit = models.CharField(_("photo by"), max_length=160, blank=True)
    cover_width = models.PositiveIntegerField(default=0)
    cover_height = models.PositiveIntegerField(default=0)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    i18n = TranslationField(fields=("title", "summary", "body", "cover_alt"))
    title_i18n: str
    summary_i18n: str
    body_i18n: str
    cover_alt_i18n: str

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="news_slug_once"),
            models.CheckConstraint(
                condition=models.Q(cover="") | ~models.Q(cover_alt=""), name="cover_in_words"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=NewsState.SCHEDULED) | models.Q(publish_at__isnull=False),
                name="scheduled_news_has_its_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state", "-published_at"], name="news_newest"),
        ]

    def __str__(self) -> str:
        return self.title_i18n

    def get_absolute_url(self) -> str:
        return reverse("publishing:news", args=[self.programme.slug, self.slug])

    @property
    def is_public(self) -> bool:
        """Whether it is on line, as far as it depends on itself."""
        return self.state == NewsState.PUBLISHED
