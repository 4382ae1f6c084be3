"""What stands beside a point while somebody checks it: the answers and files concerned, and who applies."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications import answers, eligibility, queries
from vivaio.applications.checking import outcome, papers
from vivaio.applications.deminimis import beside as deminimis
from vivaio.applications.models import Application, Check
from vivaio.applications.signing import outcome as signatures
from vivaio.calls.models import Condition
from vivaio.calls.states import ConditionKind
from vivaio.kit import formats
from vivaio.kit.files.kinds import INLINE

OF_THE_APPLICANT = (
    ConditionKind.ORGANISATION_KIND,
    ConditionKind.SEAT,
    ConditionKind.FOUNDED_AFTER,
    ConditionKind.IDENTIFIED,
    ConditionKind.AGE,
)


@dataclass(frozen=True)
class Paper:
    """A file to read: `framed` where a browser shows it inside the page."""

    name: str
    size: int
    href: str
    framed: str = ""
    picture: bool = False


@dataclass(frozen=True)
class Beside:
    """The material of one point."""

    words: str
    facts: list[tuple[Any, str]] = field(default_factory=list)
    twins: list[Application] = field(default_factory=list)
    blocks: list[Any] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    aid: dict[str, Any] | None = None
    signed: bool = False


def of(application: Application, check: Check) -> Beside:
    """What is worth opening beside the point."""
    condition = check.condition
    kind = ConditionKind(condition.kind)
    is_paper = kind == ConditionKind.DOCUMENT
    signed = kind == ConditionKind.SIGNATURE
    names = [] if is_paper or signed else outcome.questions_of(condition)
    return Beside(
        words=eligibility.explain(condition, application),
        facts=facts_of(application) if kind in OF_THE_APPLICANT else [],
        twins=eligibility.twins(application) if kind == ConditionKind.ONE_EACH else [],
        blocks=answers.reading_of(application, names, _href(application)) if names else [],
        papers=_papers(application, condition),
        aid=deminimis.beside(application) if kind == ConditionKind.DE_MINIMIS else None,
        signed=signed,
    )


def _papers(application: Application, condition: Condition) -> list[Paper]:
    """The files that a point on a document, or on a signature, is about."""
    if condition.kind == ConditionKind.DOCUMENT:
        return [paper(application, one) for one in papers.given(condition.parameters, application)]
    if condition.kind == ConditionKind.SIGNATURE:
        return _signed_papers(application, condition)
    return []


def _signed_papers(application: Application, condition: Condition) -> list[Paper]:
    """An answer that was signed, shown where a browser can; or the application as it was printed and came back."""
    documents = signatures.documents_of(condition, application)
    if (condition.parameters or {}).get("question"):
        kinds = {one.pk: str(one.content_type) for one in queries.attachments_of(application)}
        told = [(one, kinds.get(one.pk, "")) for one in documents]
        return [
            paper(application, {"id": str(one.pk), "name": one.name, "size": one.size, "content_type": kind})
            for one, kind in told
        ]
    found = []
    for one in documents:
        found.append(
            Paper(one.name, one.size, reverse("applications:signing_paper", args=[application.pk, one.pk]))
        )
        if (back := one.signature) is not None and back.file:
            href = reverse("applications:signed_file", args=[application.pk, back.pk])
            found.append(Paper(back.name, back.size, href))
    return found


def paper(application: Application, file: dict[str, Any]) -> Paper:
    """A file of the answers, with the address that shows it."""
    href = _href(application)(file["id"])
    kind = str(file.get("content_type", ""))
    shown = reverse("applications:paper", args=[application.pk, file["id"]]) if kind in INLINE else ""
    picture = kind.startswith("image/")
    return Paper(str(file.get("name", "")), int(file.get("size") or 0), href, shown, picture)


def facts_of(application: Application) -> list[tuple[Any, str]]:
    """Who applies, as far as conditions look at it."""
    organisation, person = application.organisation, application.person
    if organisation is None:
        born = formats.short_day(person.born_on) if person and person.born_on else ""
        return [(_("Applicant"), str(person)), (_("Date of birth"), born or _("not given"))]
    seat = ", ".join(filter(None, (organisation.municipality, organisation.province, organisation.country)))
    founded = formats.short_day(organisation.founded_on) if organisation.founded_on else ""
    told = [
        (_("Applicant"), str(organisation)),
        (_("Kind"), organisation.get_kind_display()),
        (_("Seat"), seat),
        (_("Founded"), founded),
        (_("Tax code"), organisation.tax_code),
        (_("VAT number"), organisation.vat_number),
    ]
    return [(label, value or _("not given")) for label, value in told]


def _href(application: Application) -> Any:
    return lambda file: reverse("applications:file", args=[application.pk, file])
