"""The public page of an initiative."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models import Story
from vivaio.kit.files import UploadField
from vivaio.kit.language_fields import InLanguages


class StoryForm(InLanguages, forms.Form):
    """What the team tells everybody, in each language of the programme."""

    model = Story
    texts = ("lead", "text", "picture_alt")
    required_texts = ("lead", "text")
    markdown_texts = ("text",)
    text_help = {
        "lead": _("It stands at the top, in lists, and where the page is shared."),
        "text": _("What you do, for whom, what has changed. Nobody whom you help can be recognised."),
        "picture_alt": _("Read aloud where the picture cannot be seen."),
    }
    picture = UploadField(
        label=_("Picture"), kinds=("jpeg", "png"), required=False,
        help_text=_("JPEG or PNG. Place, time and camera are taken out of the file."),
    )  # fmt: skip
    without_picture = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, data: Any, files: Any, story: Story, languages: list[str]):
        super().__init__(data, files, initial=self.stored_texts(story, languages))
        self.story = story
        self.add_texts(languages)
        if not story.picture:
            del self.fields["without_picture"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        stays = self.story.picture and not data.get("without_picture")
        first = f"picture_alt_{self.languages[0]}"
        if (data.get("picture") or stays) and not data.get(first):
            self.add_error(first, _t("Say in words what the picture shows: some readers only hear it."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "texts": self.written_texts(data),
            "picture": data.get("picture"),
            "without_picture": data.get("without_picture", False),
        }
