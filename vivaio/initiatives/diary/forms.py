"""Input shapes of a diary."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.diary.actions import TYPED
from vivaio.initiatives.models import DiaryEntry
from vivaio.initiatives.models.diary import LONGEST_REMARK, LONGEST_TEXT
from vivaio.initiatives.states import Visibility
from vivaio.kit.files import UploadField
from vivaio.kit.forms import needed_sometimes

PICTURES = ("jpeg", "png")
DECLARED = _("I declare that nobody who benefits from the initiative can be recognised")
DECLARED_HELP = _(
    "Needed for an entry that everybody reads: no names, faces, voices, addresses of people you help, no story "
    "that only one person can have. Your name and this instant are kept with it."
)


def declaration() -> forms.BooleanField:
    field = forms.BooleanField(label=DECLARED, required=False, help_text=DECLARED_HELP)
    needed_sometimes(field)
    return field


class EntryForm(forms.Form):
    """What an entry says and who reads it."""

    told_on = forms.DateField(label=_("Day"))
    title = forms.CharField(label=_("Title"), max_length=160)
    text = forms.CharField(
        label=_("What happened"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Markdown is understood: **bold**, lists with a dash, links."),
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who reads it"), choices=Visibility.choices, widget=forms.RadioSelect,
        help_text=_("What everybody reads goes on line once somebody of the programme has read it."),
    )  # fmt: skip
    declared = declaration()

    def __init__(self, data: Any, entry: DiaryEntry):
        kept = {name: getattr(entry, name) for name in TYPED}
        super().__init__(data, initial=kept | entry.typed)
        self.fields["declared"].widget.attrs["data-autosave"] = "off"

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take; lines end in one way."""
        said = {name: self.cleaned_data[name] for name in TYPED}
        return said | {"text": said["text"].replace("\r\n", "\n")}


class PhotoForm(forms.Form):
    """A photo, and in words what it shows."""

    file = UploadField(
        label=_("Photo"), kinds=PICTURES,
        help_text=_("JPEG or PNG. Place, time and device that the camera wrote into it are removed."),
    )  # fmt: skip
    alt = forms.CharField(
        label=_("What the photo shows"), max_length=300,
        help_text=_("Read aloud where it cannot be seen: “Three people around a sewing machine”."),
    )  # fmt: skip
    caption = forms.CharField(label=_("Caption"), max_length=300, required=False)
    declared = declaration()


class FileForm(forms.Form):
    """A document."""

    file = UploadField(label=_("File"))
    declared = declaration()


class CommentForm(forms.Form):
    """A few words about an entry."""

    text = forms.CharField(
        label=_("Your comment"), max_length=LONGEST_REMARK, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your comment first.")},
    )  # fmt: skip


class AskForm(forms.Form):
    """What the author is to change."""

    words = forms.CharField(
        label=_("What to change"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what to change: its author works with your words.")},
    )  # fmt: skip


class DeleteForm(forms.Form):
    """Why an entry goes."""

    reason = forms.CharField(
        label=_("Why it is deleted"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why it is deleted: the team reads it in its place.")},
    )  # fmt: skip


def typed(body: bytes) -> dict[str, str]:
    """What the saving page sent (`kit/autosave.js`); nonsense is nothing."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    rows = sent.get("changes") if isinstance(sent, dict) else None
    if not isinstance(rows, list):
        return {}
    return {
        str(row["path"]): str(row["value"]).encode("utf-8", "replace").decode("utf-8")
        for row in rows
        if isinstance(row, dict) and "path" in row and row.get("value") is not None
    }
