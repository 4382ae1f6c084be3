"""Input shapes of the public site's staff pages: what is the same in all languages, and what is written in each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.files import CaptionsField, UploadField, VideoField
from vivaio.kit.language_fields import InLanguages, language_name
from vivaio.programmes.models import Programme
from vivaio.publishing.models import Document, News, Photo, Video
from vivaio.publishing.states import DocumentKind

PICTURES = ("jpeg", "png")


class ItemForm(InLanguages, forms.Form):
    """One form for adding and for changing: `item` is None for a new one."""

    plain: Sequence[str] = ()
    uploads: Sequence[str] = ()
    order: Sequence[str] = ()

    def __init__(self, data: Any = None, files: Any = None, *, programme: Programme, item: Any = None):
        spoken = programme.languages or ["it"]
        initial: dict[str, Any] = {}
        if item is not None:
            initial = {name: getattr(item, name) for name in self.plain} | self.stored_texts(item, spoken)
        super().__init__(data, files, initial=initial)
        self.item = item
        self.add_texts(spoken)
        self.shape(programme)
        self.order_fields([one for name in self.order for one in self.in_each_language(name)])

    def shape(self, programme: Programme) -> None:
        """What depends on the item and on the programme."""

    def in_each_language(self, name: str) -> list[str]:
        """The names of the fields that `name` stands for."""
        return [f"{name}_{language}" for language in self.languages] if name in self.texts else [name]

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        return {
            "plain": {name: data[name] for name in self.plain},
            "texts": self.written_texts(data),
            "files": {name: data.get(name) for name in self.uploads},
        }

    @property
    def without(self) -> list[str]:
        """The files that are to go."""
        return [name for name in self.uploads if self.cleaned_data.get(f"without_{name}")]


class NewsForm(ItemForm):
    model = News
    texts = ("title", "summary", "body", "cover_alt")
    required_texts = ("title", "summary")
    markdown_texts = ("body",)
    text_help = {
        "summary": _("One or two sentences: they stand in lists, in feeds and where the page is shared."),
        "cover_alt": _("Read aloud where the photo cannot be seen: “Three people around a sewing machine”."),
    }
    plain = ("cover_credit",)
    uploads = ("cover",)
    order = ("title", "summary", "body", "cover", "cover_alt", "cover_credit", "without_cover")
    cover = UploadField(
        label=_("Cover photo"), kinds=PICTURES, required=False,
        help_text=_("JPEG or PNG. Place, time and camera are taken out of the file."),
    )  # fmt: skip
    cover_credit = forms.CharField(label=_("Photo by"), max_length=160, required=False)
    without_cover = forms.BooleanField(label=_("Take the cover photo away"), required=False)

    def shape(self, programme: Programme) -> None:
        if self.item is None or not self.item.cover:
            del self.fields["without_cover"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first = f"cover_alt_{self.languages[0]}"
        stays = self.item is not None and self.item.cover and not data.get("without_cover")
        if (data.get("cover") or stays) and not data.get(first):
            self.add_error(first, _t("Say in words what the photo shows: some readers only hear it."))
        return data


class DocumentForm(ItemForm):
    model = Document
    texts = ("title",)
    required_texts = ("title",)
    plain = ("kind", "dated")
    uploads = ("file",)
    order = ("title", "kind", "dated", "file")
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose one")), *DocumentKind.choices])
    dated = forms.DateField(label=_("Date of the document"))
    file = UploadField(label=_("File"))

    def shape(self, programme: Programme) -> None:
        if self.item is not None:
            field = self.fields["file"]
            field.required = False
            field.label = _t("Another file in its place")


class PhotoForm(ItemForm):
    model = Photo
    texts = ("alt", "caption")
    required_texts = ("alt",)
    text_help = {
        "alt": _("For whoever does not see it: what matters in it, in one sentence."),
        "caption": _("Read by everyone under the photo: where, when, who agreed to be named."),
    }
    plain = ("credit",)
    uploads = ("file",)
    order = ("file", "alt", "caption", "credit")
    file = UploadField(
        label=_("Photo"), kinds=PICTURES,
        help_text=_(
            "JPEG or PNG. It is made smaller for the page; place, time and camera are taken out of the file."
            " People who can be recognised have agreed to be shown."
        ),
    )  # fmt: skip
    credit = forms.CharField(label=_("Photo by"), max_length=160, required=False)

    def shape(self, programme: Programme) -> None:
        if self.item is not None:
            self.fields["file"].required = False
            self.fields["file"].label = _t("Another photo in its place")


class VideoForm(ItemForm):
    model = Video
    texts = ("title", "summary", "transcript")
    required_texts = ("title",)
    markdown_texts = ("transcript",)
    text_help = {
        "transcript": _("All that is said, and what is seen where it matters: for whoever reads instead."),
    }
    uploads = ("file", "poster")
    order = ("title", "summary", "file", "captions", "poster", "transcript")
    file = VideoField(
        label=_("Video"), help_text=_("MP4 or WebM. It is served from here, to nobody's advertising.")
    )
    poster = UploadField(
        label=_("Still picture"), kinds=PICTURES, required=False,
        help_text=_("Shown until the video plays: JPEG or PNG."),
    )  # fmt: skip

    def shape(self, programme: Programme) -> None:
        known = {one.language for one in self.item.captions.all()} if self.item else set()
        self.spoken = [language for language in self.languages if language in dict(settings.LANGUAGES)]
        for language in self.spoken:
            help_text = _t("A WebVTT file. The video is published only with captions.")
            if language in known:
                help_text = _t("There are captions in this language; another WebVTT file replaces them.")
            self.fields[f"captions_{language}"] = CaptionsField(
                label=_t("Captions, in %(language)s") % {"language": language_name(language)},
                required=False,
                help_text=help_text,
            )
        if self.item is not None:
            self.fields["file"].required = False
            self.fields["file"].label = _t("Another video in its place")

    def in_each_language(self, name: str) -> list[str]:
        if name == "captions":
            return [f"captions_{language}" for language in self.spoken]
        return super().in_each_language(name)

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        captions = {language: self.cleaned_data.get(f"captions_{language}") for language in self.spoken}
        found["files"]["captions"] = {language: text for language, text in captions.items() if text}
        return found


class ScheduleForm(forms.Form):
    """The instant from which a news item is on line."""

    publish_at = forms.DateTimeField(label=_("On line from"), widget=forms.DateTimeInput)
