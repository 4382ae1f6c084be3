"""What a call says officially once it has opened: amendments, extensions, reopenings."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.calls.models.call import Call
from vivaio.calls.states import NoticeKind
from vivaio.kit.models import Row


class CallNotice(Row):
    """A published notice: why, and what changed, before and after (`calls.notices.changes`). It never changes."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="notices")
    number = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    reason = models.TextField(_("why"), max_length=2000)
    changes = models.JSONField(default=list)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    i18n = TranslationField(fields=("reason",))
    reason_i18n: str

    class Meta:
        verbose_name = _("notice of a call")
        verbose_name_plural = _("notices of a call")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="call_notice_number_once")]

    def __str__(self) -> str:
        return _t("%(kind)s no. %(n)s") % {"kind": self.get_kind_display(), "n": self.number}

    @property
    def programme_id(self):
        return self.call.programme_id

    def get_absolute_url(self) -> str:
        page = reverse("calls:call", args=[self.call.programme.slug, self.call.slug])
        return f"{page}#notice-{self.number}"
