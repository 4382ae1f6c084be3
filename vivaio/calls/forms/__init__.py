"""Input shapes of the staff's pages."""

from vivaio.calls.forms.deciding import DecidingForm
from vivaio.calls.forms.rows import PARTS, Rows, rows_form
from vivaio.calls.forms.sections import (
    ApplicantsForm,
    CheckingForm,
    CommentsForm,
    PublicationForm,
    TextsForm,
    WindowsForm,
)
from vivaio.calls.forms.starting import DocumentForm, StartForm, WithdrawalForm

__all__ = [
    "PARTS",
    "ApplicantsForm",
    "CheckingForm",
    "CommentsForm",
    "DecidingForm",
    "DocumentForm",
    "PublicationForm",
    "Rows",
    "StartForm",
    "TextsForm",
    "WindowsForm",
    "WithdrawalForm",
    "rows_form",
]
