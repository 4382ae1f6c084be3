"""What a call wants signed: its form says it question by question, the call of the application as a whole."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vivaio.calls.models import Call
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.engine.definition import Definition
from vivaio.questionnaires.states import Signature

APPLICATION = ""
"""Stands where a question's name would: the application as a whole."""


@dataclass(frozen=True)
class Wanted:
    """A document that has to be signed: the answer to a question for files, or the application."""

    question: str
    label: str
    signature: Signature


def wanted(call: Call, form: Definition | None = None) -> list[Wanted]:
    """Every document to sign, in the reader's language; `form` is the version that is answered. No query of its own."""
    if form is None and call.form is not None:
        form = call.form.questionnaire
    found = [Wanted(*one[:2], Signature(one[2])) for one in questionnaires.signed(form)] if form else []
    if call.application_signature:
        whole = Wanted(APPLICATION, _("The application, as a PDF"), Signature(call.application_signature))
        found.append(whole)
    return found


def told(call: Call) -> list[str]:
    """What applicants read beforehand: each document and how it is signed."""
    words = _("%(document)s: %(signature)s")
    return [
        words
        % {"document": one.label, "signature": one.signature.label[:1].lower() + one.signature.label[1:]}
        for one in wanted(call)
    ]
