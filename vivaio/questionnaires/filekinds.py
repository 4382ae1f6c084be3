"""Which files a question takes, from its `accept` column (`.pdf,.jpg`, `image/*`)."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from vivaio.kit import files
from vivaio.questionnaires.engine.definition import Question
from vivaio.questionnaires.engine.state import QuestionState
from vivaio.questionnaires.states import Signature

SIGNED = ("pdf", "p7m")
"""What a digitally signed document comes as."""
SIGNED_AS = {
    Signature.CLICK: _l("Before handing in, the legal representative confirms it with a click."),
    Signature.PADES: _l("Upload it digitally signed: the signature is checked at once."),
    Signature.SCAN: _l(
        "Upload the scan of the document signed by hand; the identity document of who signed is asked for before"
        " handing in."
    ),
}


def kinds_of(accept: str) -> tuple[str, ...]:
    """Codes of the kinds; what the installation takes anyway if the column names none of them."""
    wanted = [part.strip().lower() for part in accept.split(",") if part.strip()]
    found = [
        code
        for code, kind in files.KINDS.items()
        for part in wanted
        if part in (kind.suffix, kind.content_type, f".{code}")
        or (part.endswith("/*") and kind.content_type.startswith(part[:-1]))
    ]
    return tuple(dict.fromkeys(found)) or files.DOCUMENTS


def kinds_for(question: Question | QuestionState) -> tuple[str, ...]:
    """Codes of the kinds that a question takes; one for an image takes images alone."""
    if question.signature == Signature.PADES:
        return SIGNED
    if question.kind != "image":
        return kinds_of(question.accept)
    wanted = kinds_of(question.accept) if question.accept else ()
    return tuple(code for code in wanted if code in images()) or images()


def images() -> tuple[str, ...]:
    """Codes of the kinds that are pictures."""
    return tuple(code for code, kind in files.KINDS.items() if kind.content_type.startswith("image/"))


def accepted(question: QuestionState) -> str:
    """What the browser's file picker offers first."""
    kinds = [files.KINDS[code] for code in kinds_for(question)]
    return ",".join(part for kind in kinds for part in (kind.suffix, kind.content_type))


def takes(question: QuestionState) -> str:
    """“PDF, JPEG, PNG, up to 10 MB.”, and how the document has to be signed."""
    names = ", ".join(files.KINDS[code].name for code in kinds_for(question))
    limit = f"{settings.MAX_UPLOAD_BYTES // 1_000_000}\u00a0MB"
    said = _("%(kinds)s, up to %(limit)s each.") % {"kinds": names, "limit": limit}
    return " ".join(filter(None, (said, str(SIGNED_AS.get(question.signature, "")))))
