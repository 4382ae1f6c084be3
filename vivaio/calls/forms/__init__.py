"""Input shapes of the staff's pages."""

from vivaio.calls.forms.rows import PARTS, Rows, rows_form
from vivaio.calls.forms.sections import (
    ApplicantsForm,
    PublicationForm,
    TextsForm,
    TiesForm,
    WindowsForm,
)
from vivaio.calls.forms.starting import DocumentForm, StartForm, WithdrawalForm

__all__ = [
    "PARTS",
    "ApplicantsForm",
    "DocumentForm",
    "PublicationForm",
    "Rows",
    "StartForm",
    "TextsForm",
    "TiesForm",
    "WindowsForm",
    "WithdrawalForm",
    "rows_form",
]
