"""Input shapes of the staff's pages."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vivaio.questionnaires.engine import oldbook, textbook, twin, workbook
from vivaio.questionnaires.engine.reading import Reading


class WorkbookForm(forms.Form):
    """A form as an XLSForm workbook or its YAML twin; what is not taken is told cell by cell."""

    file = forms.FileField(
        label=_("XLSForm (.xlsx, .xls, .csv, .md), or its YAML twin"),
        help_text=_("It becomes the next version. Answers that were begun keep the version they have."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.md,.yaml,.yml"}),
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
    """Read a file by what its name says it is; a workbook of the old kind is known by its first bytes too."""
    ending = name.lower().rpartition(".")[2]
    if ending in ("yaml", "yml"):
        return twin.read_text(content)
    if ending == "csv":
        return textbook.read_csv(content)
    if ending in ("md", "markdown"):
        return textbook.read_md(content)
    return (oldbook if content.startswith(oldbook.SIGNATURE) else workbook).read(content)
