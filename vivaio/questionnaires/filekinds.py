"""Which files a question takes, from its `accept` column (`.pdf,.jpg`, `image/*`)."""

from django.conf import settings
from django.utils.translation import gettext as _

from vivaio.kit import files
from vivaio.questionnaires.engine.definition import Question
from vivaio.questionnaires.engine.state import QuestionState


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
    """“PDF, JPEG, PNG, up to 10 MB.”"""
    names = ", ".join(files.KINDS[code].name for code in kinds_for(question))
    limit = f"{settings.MAX_UPLOAD_BYTES // 1_000_000}\u00a0MB"
    return _("%(kinds)s, up to %(limit)s each.") % {"kinds": names, "limit": limit}
