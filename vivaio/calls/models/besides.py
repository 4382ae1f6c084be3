"""What stands beside a call: dates worth showing, documents to download."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.calls.models.call import Call
from vivaio.kit.models import Row


class CallDate(Row):
    """A date of the call worth showing beside its windows (an information meeting, a pitch day)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="dates")
    key = models.SlugField()
    title = models.CharField(_("title"), max_length=200)
    at = models.DateTimeField(_("when"))
    i18n = TranslationField(fields=("title",))
    title_i18n: str

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="call_date_key_once")]

    def __str__(self) -> str:
        return self.title_i18n


class CallDocument(Row):
    """A document that anyone may download with the call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(upload_to="calls")
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.title
