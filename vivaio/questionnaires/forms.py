"""Input shapes of the staff's pages."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vivaio.questionnaires.engine import twin, workbook
from vivaio.questionnaires.engine.reading import Reading


class WorkbookForm(forms.Form):
    """A form as an XLSForm workbook or its YAML twin; what is not taken is told cell by cell."""

    file = forms.FileField(
        label=_("XLSForm workbook (.xlsx), or its YAML twin"),
        help_text=_("It becomes the next version. Answers that were begun keep the version they have."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.yaml,.yml"}),
        allow_empty_file=True,
    )
    reading: Reading

    def clean_file(self):
        """Read the form; its problems are the field's errors."""
        upload = self.cleaned_data["file"]
        if upload.size > workbook.MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB. Take pictures and unused sheets out."))
        self.reading = read_form(upload.name, upload.read())
        if self.reading.problems:
            raise ValidationError([str(problem) for problem in self.reading.problems[:30]])
        return upload


def read_form(name: str, content: bytes) -> Reading:
    """Read a file by what its name says it is: YAML, or else a workbook."""
    is_yaml = name.lower().endswith((".yaml", ".yml"))
    return twin.read_text(content) if is_yaml else workbook.read(content)
