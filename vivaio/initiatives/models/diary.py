"""An initiative's diary: entries, their photos and files, what is said about them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models.initiative import Initiative
from vivaio.initiatives.states import DiaryState, Visibility
from vivaio.kit import clock
from vivaio.kit.models import Row

LONGEST_TEXT = 12_000
LONGEST_REMARK = 2_000


class DiaryEntry(Row):
    """A day told by its author. `typed` holds what they are writing and have not saved; nobody else reads it.

    `revision` counts what changed: whoever lets an entry through says which one they read. An entry for everybody
    carries who declared that nobody who benefits can be recognised, and when.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="diary")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="diary_entries"
    )
    told_on = models.DateField(_("day"), default=clock.today)
    title = models.CharField(_("title"), max_length=160, blank=True)
    text = models.TextField(_("text"), max_length=LONGEST_TEXT, blank=True)
    visibility = models.CharField(
        _("who reads it"), max_length=12, choices=Visibility.choices, default=Visibility.TEAM
    )
    state = models.CharField(max_length=12, choices=DiaryState.choices, default=DiaryState.DRAFT)
    revision = models.PositiveIntegerField(default=1, editable=False)
    typed = models.JSONField(default=dict, blank=True, editable=False)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    declared_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked = models.TextField(_("what to change"), max_length=1000, blank=True)
    deleted_because = models.TextField(_("why it was deleted"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("entry of the diary")
        verbose_name_plural = _("entries of the diary")
        ordering = ["-told_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "author"],
                condition=models.Q(state="draft"),
                name="diary_one_draft_each",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["waiting", "public"])
                | models.Q(visibility="all", declared_at__isnull=False),
                name="diary_for_all_declared",
            ),
        ]
        indexes = [
            models.Index(fields=["initiative", "-told_on"], name="diary_by_day"),
            models.Index(fields=["state"], name="diary_waiting", condition=models.Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.title or _t("Entry without a title")

    def get_absolute_url(self) -> str:
        return reverse("initiatives:diary_entry", args=[self.pk])

    @property
    def programme_id(self):
        return self.initiative.programme_id


class DiaryPhoto(Row):
    """A photo of an entry in two sizes, without what a camera writes into it; `alt` says what it shows."""

    entry = models.ForeignKey(DiaryEntry, models.CASCADE, related_name="photos")
    alt = models.CharField(_("what the photo shows"), max_length=300)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    large = models.FileField(upload_to="diary")
    small = models.FileField(upload_to="diary")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("photo of the diary")
        verbose_name_plural = _("photos of the diary")
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(condition=~models.Q(alt=""), name="diary_photo_in_words")]

    def __str__(self) -> str:
        return self.alt

    @property
    def programme_id(self):
        return self.entry.programme_id


class DiaryFile(Row):
    """A document that belongs to an entry."""

    entry = models.ForeignKey(DiaryEntry, models.CASCADE, related_name="files")
    file = models.FileField(_("file"), upload_to="diary")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("file of the diary")
        verbose_name_plural = _("files of the diary")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def programme_id(self):
        return self.entry.programme_id


class DiaryComment(Row):
    """Something said about an entry by the team or by those who follow it."""

    entry = models.ForeignKey(DiaryEntry, models.CASCADE, related_name="comments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("comment"), max_length=LONGEST_REMARK)

    class Meta:
        verbose_name = _("comment in the diary")
        verbose_name_plural = _("comments in the diary")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.person}: {self.entry}"

    @property
    def programme_id(self):
        return self.entry.programme_id
