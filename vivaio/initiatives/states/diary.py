"""Who reads an entry of a diary, and where it can stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Visibility(models.TextChoices):
    TEAM = "team", _("The team")
    PROGRAMME = "programme", _("The team and the programme")
    ALL = "all", _("Everybody")


class DiaryState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("diary", "Draft")
    KEPT = "kept", pgettext_lazy("diary", "In the diary")
    WAITING = "waiting", pgettext_lazy("diary", "Waits for the programme")
    TO_CHANGE = "to_change", pgettext_lazy("diary", "To be changed")
    PUBLIC = "public", pgettext_lazy("diary", "Public")
    DELETED = "deleted", pgettext_lazy("diary", "Deleted")


# An entry for everybody waits until somebody of the staff has read it; changed afterwards, it waits again.
DIARY_MOVES = {
    DiaryState.DRAFT: {DiaryState.KEPT, DiaryState.WAITING},
    DiaryState.KEPT: {DiaryState.WAITING, DiaryState.DELETED},
    DiaryState.WAITING: {DiaryState.PUBLIC, DiaryState.TO_CHANGE, DiaryState.KEPT, DiaryState.DELETED},
    DiaryState.TO_CHANGE: {DiaryState.WAITING, DiaryState.KEPT, DiaryState.DELETED},
    DiaryState.PUBLIC: {DiaryState.WAITING, DiaryState.TO_CHANGE, DiaryState.KEPT, DiaryState.DELETED},
    DiaryState.DELETED: set(),
}
