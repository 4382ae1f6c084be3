"""Who the data controller is, and the words of a privacy notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.language_fields import InLanguages
from vivaio.programmes.forms.rows import RowForm
from vivaio.programmes.models import Controller, Notice, Purpose
from vivaio.programmes.states import LegalBasis


class ControllerForm(InLanguages, forms.ModelForm):
    """The data controller and the data protection officer."""

    model = Controller
    texts = ("measures",)
    text_help = {
        "measures": _(
            "In general words, for the register: who has access, encryption, copies, how access is logged."
        )
    }

    class Meta:
        model = Controller
        fields = ("name", "address", "email", "certified_email", "phone", "officer_name", "officer_email")
        help_texts = {
            "name": _("The body that decides why and how the data are used, by its full legal name."),
            "email": _("People write here to ask about their data."),
            "officer_name": _("Public bodies must have one. A person, an office or a firm."),
        }

    def __init__(self, data: Any, controller: Controller | None, languages: list[str]):
        stored = self.stored_texts(controller, languages) if controller else {}
        super().__init__(data, instance=controller, initial=stored)
        self.add_texts(languages)
        self.order_fields(self._meta.fields)

    @property
    def values(self) -> dict[str, Any]:
        """What `actions.set_controller` takes."""
        plain = {name: self.cleaned_data[name] for name in self._meta.fields}
        return {"values": plain, "texts": self.written_texts(self.cleaned_data)}


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
        """A version being written goes on from its own words, a new one from the text that holds."""
        stored = self.stored_texts(notice, languages) if notice else {}
        if notice is not None and notice.number is not None:
            stored = {name: words for name, words in stored.items() if name.startswith("text_")}
        super().__init__(data, initial=stored)
        self.add_texts(languages)
        for name, field in self.fields.items():
            if name.startswith("text_"):
                field.widget.attrs["rows"] = 18

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """What `actions.write_notice` takes."""
        return self.written_texts(self.cleaned_data)


class PurposeForm(RowForm):
    """A purpose: what for, on which basis, whose data, which, to whom."""

    model = Purpose
    texts = ("title", "text", "subjects", "data", "recipients", "transfers")
    required_texts = ("title",)
    text_help = {
        "text": _("Where consent is asked, people read exactly this: say what happens, and what does not."),
        "subjects": _("Like: applicants, members of juries."),
        "data": _("Like: name and contacts, answers, attachments."),
        "recipients": _("Like: the jury, the funder, whoever hosts the site."),
        "transfers": _("To which country and on which guarantee; empty if there are none."),
    }
    plain = ("basis", "asked_in_application")
    basis = forms.ChoiceField(label=_("Legal basis"), choices=[("", _("Choose one")), *LegalBasis.choices])
    asked_in_application = forms.BooleanField(
        label=_("Ask for this consent when an application is handed in"), required=False
    )

    @property
    def told(self) -> str:
        """The legal basis."""
        return str(dict(LegalBasis.choices).get(self.initial.get("basis", ""), ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("asked_in_application") and data.get("basis") not in ("", None, LegalBasis.CONSENT):
            self.add_error(
                "asked_in_application", _t("People are asked only where the legal basis is consent.")
            )
        return data
