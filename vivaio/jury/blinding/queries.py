"""What a juror may know of an application: all of it, or, in a blind review, what does not tell who applies."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vivaio.applications import queries as applications
from vivaio.applications.models import Application, IntegrationFile
from vivaio.calls.models import Call
from vivaio.calls.states import Reviewing
from vivaio.jury.models import BlindFile
from vivaio.jury.states import Showing
from vivaio.questionnaires import queries as questionnaires


def is_blind(call: Call) -> bool:
    """Whether the call's jurors do not know who applies."""
    return call.reviewing != Reviewing.OPEN


@dataclass(frozen=True)
class Shown:
    """An application as a juror knows it: what it is called, and a line about it."""

    title: str
    about: str

    def __str__(self) -> str:
        return self.title


def shown(application: Application, call: Call) -> Shown:
    """How jurors name an application."""
    track = str(application.track)
    if not is_blind(call):
        return Shown(str(application), f"{application.applicant_name}, {track}")
    if call.reviewing == Reviewing.BLIND:
        return Shown(str(application), track)
    return Shown(_("Application %(number)s") % {"number": application.number}, track)


def hidden(application: Application, call: Call) -> frozenset[str]:
    """The answers that jurors do not read, by name, with whatever would tell them."""
    if not is_blind(call):
        return frozenset()
    definition = application.response.questionnaire
    names = questionnaires.identifying(definition)
    if call.reviewing == Reviewing.BLIND_TITLES and call.title_question:
        names |= {call.title_question}
    return questionnaires.closed(definition, names)


@dataclass(frozen=True)
class File:
    """A file as jurors meet it. `served` is the row whose content they get; none: it is withheld."""

    id: UUID
    name: str
    original: Any
    marked: bool
    decision: BlindFile | None
    served: Any
    told: bool

    @property
    def size(self) -> Any:
        return self.served.size if self.served else ""

    @property
    def showing(self) -> Showing:
        """What jurors see of it, by decision or by rule."""
        if self.decision is not None:
            return Showing(self.decision.showing)
        return Showing.SHOWN if self.served else Showing.WITHHELD


def files(application: Application, call: Call) -> list[File]:
    """The files of an application in their order, with what jurors see of each, under names that tell nobody.

    Withheld are those of answers that tell who applies, and those that came with an integration, statutes mostly,
    unless the staff decided otherwise. `told` says that an answer shows the file in its place.
    """
    return _files(application, hidden(application, call))


def _files(application: Application, without: frozenset[str]) -> list[File]:
    rows = applications.attachments_of(application)
    decisions = {one.original: one for one in BlindFile.objects.filter(application=application)}
    return [
        _file(row, number, _question_of(row) in without, decisions.get(row.pk))
        for number, row in enumerate(rows, start=1)
    ]


def _question_of(row: Any) -> str:
    """The question that a file answers; of one that came with an integration, none."""
    return "" if isinstance(row, IntegrationFile) else str(row.path).rpartition("/")[2]


def _file(row: Any, number: int, in_hidden: bool, decision: BlindFile | None) -> File:
    came = isinstance(row, IntegrationFile)
    served: Any = None if in_hidden or came else row
    if decision is not None:
        served = {Showing.SHOWN: row, Showing.WITHHELD: None, Showing.COPY: decision}[
            Showing(decision.showing)
        ]
    ending = PurePath((served or row).name).suffix.lower()
    name = _("Attachment %(number)s") % {"number": number} + ending[:8]
    return File(row.pk, name, row, in_hidden, decision, served, told=not in_hidden and not came)


@dataclass(frozen=True)
class Reading:
    """What a juror reads: the answers, and the files that stand beside them (with their addresses)."""

    blocks: list[Any]
    attachments: list[tuple[Any, str]]


def nowhere(file: object) -> str:
    """Files without addresses, for programs and previews."""
    return ""


def reading(
    application: Application,
    call: Call,
    address: Callable[[object], str] = nowhere,
    *,
    read: list[File] | None = None,
) -> Reading:
    """The answers that a juror reads and the files that came with them; `read` are the files, if they were read."""
    without = hidden(application, call)
    blocks = applications.reading(application, without, file_url=address)
    if not is_blind(call):
        told = {str(file.id) for block in blocks for file in block.files}
        rest = [row for row in applications.attachments_of(application) if str(row.pk) not in told]
        return Reading(blocks, [(row, address(row.pk)) for row in rest])
    known = {str(file.id): file for file in read or _files(application, without)}
    blocks = [
        replace(block, files=tuple(_neutral(one, known) for one in block.files)) if block.files else block
        for block in blocks
    ]
    beside = [file for file in known.values() if file.served and not file.told]
    return Reading(blocks, [(file, address(file.id)) for file in beside])


def _neutral(stated: Any, known: dict[str, File]) -> Any:
    file = known.get(str(stated.id))
    if file is None or file.served is None:
        name = file.name if file else _("Attachment")
        return replace(
            stated, name=_("%(name)s (withheld: it would tell who applies)") % {"name": name}, href=""
        )
    return replace(stated, name=file.name, size=file.size)


def file(application: Application, call: Call, pk: UUID) -> File | None:
    """One file as a juror meets it; none where the application has no such file."""
    if is_blind(call):
        return next((one for one in files(application, call) if one.id == pk), None)
    row = next((one for one in applications.attachments_of(application) if one.pk == pk), None)
    return File(row.pk, row.name, row, False, None, row, told=True) if row is not None else None
