"""What stands in a programme's library and gallery: documents and photos."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit.models import Row
from vivaio.programmes.models import Programme
from vivaio.publishing.states import ITEM_MOVES, DocumentKind, ItemState


class Item(Row):
    """One thing of a programme that is prepared, published, withdrawn."""

    MOVES = ITEM_MOVES
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_public(self) -> bool:
        """Whether it is on line, as far as it depends on itself."""
        return self.state == ItemState.PUBLISHED


class Document(Item):
    """A document that anyone may download once it is published."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="library")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=12, choices=DocumentKind.choices, default=DocumentKind.OTHER
    )
    dated = models.DateField(_("date of the document"))
    file = models.FileField(_("file"), upload_to="library")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    i18n = TranslationField(fields=("title",))
    title_i18n: str

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-dated", "title"]
        indexes = [
            models.Index(fields=["programme", "state", "-dated"], name="document_shelf"),
        ]

    def __str__(self) -> str:
        return self.title_i18n

    def get_absolute_url(self) -> str:
        return reverse("publishing:document", args=[self.pk])


class Photo(Item):
    """A photo in two sizes; `alt` says what it shows to whoever does not see it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="photos")
    alt = models.CharField(_("what the photo shows"), max_length=300)
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("photo by"), max_length=160, blank=True)
    large = models.FileField(upload_to="photos")
    small = models.FileField(upload_to="photos")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    i18n = TranslationField(fields=("alt", "caption"))
    alt_i18n: str
    caption_i18n: str

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-created_at"]
        constraints = [models.CheckConstraint(condition=~models.Q(alt=""), name="photo_in_words")]

    def __str__(self) -> str:
        return self.caption_i18n or self.alt_i18n

    def get_absolute_url(self) -> str:
        return reverse("publishing:photo", args=[self.pk, "large"])
