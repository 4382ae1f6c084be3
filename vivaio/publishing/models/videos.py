"""Videos, served from here, and their captions."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit.models import Row
from vivaio.programmes.models import Programme
from vivaio.publishing.models.items import Item


class Video(Item):
    """A video. It is published only with captions (WCAG 2.2, 1.2.2); the transcript is for whoever reads instead."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="videos")
    title = models.CharField(_("title"), max_length=160)
    summary = models.CharField(_("in short"), max_length=400, blank=True)
    transcript = models.TextField(_("transcript"), blank=True)
    file = models.FileField(_("video"), upload_to="videos")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    poster = models.FileField(_("still picture"), upload_to="posters", blank=True)
    i18n = TranslationField(fields=("title", "summary", "transcript"))
    title_i18n: str
    summary_i18n: str
    transcript_i18n: str

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title_i18n

    def get_absolute_url(self) -> str:
        return reverse("publishing:video", args=[self.pk])


class Captions(Row):
    """What is said and heard in a video, in one language, in time (WebVTT)."""

    video = models.ForeignKey(Video, models.CASCADE, related_name="captions")
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["video", "language"], name="captions_once_a_language")]

    def __str__(self) -> str:
        return f"{self.video} ({self.language})"
