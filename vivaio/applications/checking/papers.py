"""Points of the checklist that look at a document: whether it was given, and which files."""

from django.utils.translation import gettext as _

from vivaio.applications import answers
from vivaio.applications.models import Application
from vivaio.applications.states import CheckOutcome
from vivaio.calls.models import Condition
from vivaio.kit import formats


def compute(parameters: dict, application: Application) -> CheckOutcome:
    """A document that is there is read by a person; so is the lack of one, which the form did not insist on."""
    return CheckOutcome.UNKNOWN


def explain(condition: Condition, application: Application) -> str:
    """The files that came, or that none did."""
    files = given(condition.parameters, application)
    if not files:
        return _("No file was given.")
    named = [f"{file.get('name', '')} ({formats.file_size(int(file.get('size') or 0))})" for file in files]
    return _("Given: %(files)s.") % {"files": ", ".join(named)}


def given(parameters: dict, application: Application) -> list[dict]:
    """The files that answer the point's question: id, name, size, sha256."""
    return answers.files_of(application, str(parameters.get("question", "")))
