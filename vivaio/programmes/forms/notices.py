"""Who the data controller is, and the words of a privacy notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.programmes.forms.languages import InLanguages
from vivaio.programmes.models import Controller, Notice


class ControllerForm(forms.ModelForm):
    """The data controller and the data protection officer."""

    class Meta:
        model = Controller
        fields = ("name", "address", "email", "certified_email", "phone", "officer_name", "officer_email")
        help_texts = {
            "name": _("The body that decides why and how the data are used, by its full legal name."),
            "email": _("People write here to ask about their data."),
            "officer_name": _("Public bodies must have one. A person, an office or a firm."),
        }

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.set_controller` takes."""
        return dict(self.cleaned_data)


class NoticeForm(InLanguages, forms.Form):
    """The next version of the notice, in each language of the programme."""

    model = Notice
    texts = ("text", "changes")
    required_texts = ("text",)
    markdown_texts = ("text",)
    text_help = {
        "text": _(
            "Markdown. Purposes and legal bases, categories of data, who receives them, how long they are kept,"
            " the rights of the person and how to use them."
        ),
        "changes": _("People who read the version before want to know."),
    }

    def __init__(self, data: Any, notice: Notice | None, languages: list[str]):
        super().__init__(data, initial=self.stored_texts(notice, languages) if notice else {})
        self.add_texts(languages)
        for name, field in self.fields.items():
            if name.startswith("text_"):
                field.widget.attrs["rows"] = 18

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """What `actions.write_notice` takes."""
        return self.written_texts(self.cleaned_data)
