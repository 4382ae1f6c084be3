"""A programme as a kit for another territory: its blueprint without what is its own, and what to adapt in words.

A kit is a ZIP of three files, the same bytes for the same programme; the page that applies blueprints takes it.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from vivaio.blueprints import queries
from vivaio.blueprints.reading import LIMIT
from vivaio.programmes.models import Programme

READ_ME = {
    "it": ("LEGGIMI.md", "blueprints/kit/read_me.it.md"),
    "en": ("README.md", "blueprints/kit/read_me.en.md"),
}
WHEN = (2020, 1, 1, 0, 0, 0)
# What belongs to the territory that it comes from, and to nobody else.
OWN_WORDS = ("controller", "notice")
OF_THE_PROGRAMME = ("published", "amounts", "partners", "contact_email", "action_code", "project_code", "cup")


@dataclass(frozen=True)
class Inside:
    """A thing that the kit holds: how many, and what each is for."""

    title: str
    count: str
    text: str


def kit(programme: Programme) -> dict[str, Any]:
    """The blueprint that another territory starts from: no people, no amounts, no news, nothing published."""
    data = queries.told(programme)
    data.pop("news", None)
    section = {name: value for name, value in data["programme"].items() if name not in OF_THE_PROGRAMME}
    if "privacy" in section:
        section["privacy"] = {
            name: value for name, value in section["privacy"].items() if name not in OWN_WORDS
        }
    calls = [_call(one) for one in data.get("calls", [])]
    kept = {"programme": section} | ({"calls": calls} if calls else {})
    if "pitches" in data:  # whether a screen shows scores is of its day: elsewhere it begins without
        kept["pitches"] = [
            {name: value for name, value in day.items() if name != "scores_hidden"} for day in data["pitches"]
        ]
    return data | kept


def _call(told: dict[str, Any]) -> dict[str, Any]:
    """A call unpublished, without those from whom its vouchers buy."""
    call = {name: value for name, value in told.items() if name != "published"}
    if "awards" in call:
        call["awards"] = [
            {name: value for name, value in one.items() if name != "suppliers"} for one in call["awards"]
        ]
    return call


def inside(programme: Programme) -> list[Inside]:
    """What the kit holds, in words; what it has none of is left out."""
    held = queries.held_by(programme)
    found = [
        (
            _("Phases"),
            held["phases"],
            _("The path in time, with dates that move together when you choose the first day."),
        ),
        (_("Forms"), held["forms"], _("Questionnaires with their questions, choices and conditions.")),
        (
            _("Calls and contests"),
            held["calls"],
            _("Tracks, places, conditions, criteria with weights and descriptors, awards, dates, letters."),
        ),
        (
            _("Fields of competence"),
            held["fields"],
            ngettext(
                "%(n)s competence that experts can offer, and what an hour counts for.",
                "%(n)s competences that experts can offer, and what an hour counts for.",
                held["competences"],
            )
            % {"n": held["competences"]},
        ),
        (
            _("Dimensions of the needs analysis"),
            held["dimensions"],
            _("What is looked at, what good looks like, which answers count, the rounds and the limits."),
        ),
        (
            _("Milestones of every plan"),
            held["milestones"],
            _("What each initiative has to reach, and by when."),
        ),
        (
            _("Rounds of placements"),
            held["placements"],
            _("What students and initiatives should know, and until when each has time."),
        ),
        (
            _("Pitch days"),
            held["pitches"],
            _("When each begins, how long one presents, what the screen shows, the audience."),
        ),
        (_("Rules of payment"), held["money"], _("Who approves, who pays, when teams are told of an expiry.")),
        (_("Purposes of personal data"), held["purposes"], _("What data serve for and how long they are kept.")),
    ]  # fmt: skip
    return [Inside(title, str(count), text) for title, count, text in found if count]


def outside() -> list[str]:
    """What a kit never holds."""
    return [
        _("People: no accounts, roles, applicants, jurors, experts, teams."),
        _("What people wrote: no applications, answers, scores, diaries, contacts, letters that left."),
        _("Money: nothing received, awarded, claimed or paid; what a call announces stays in its call."),
        _(
            "What is this territory's alone: partners, suppliers, codes, news, controller and notice on personal data."
        ),
        _("What is decided each time: juries, the order of the pitches, engagements, who is placed where."),
    ]


def packed(programme: Programme) -> bytes:
    """The kit's bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, f"{programme.slug}.yaml", queries.written(kit(programme)))
        for language, (name, template) in READ_ME.items():
            _put(archive, name, read_me(programme, language, template))
    return target.getvalue()


def read_me(programme: Programme, language: str, template: str) -> str:
    """What to adapt, in a language."""
    with override(language):
        context = {
            "programme": programme.title_i18n,
            "file": f"{programme.slug}.yaml",
            "inside": inside(programme),
        }
        return render_to_string(template, context)


def unpacked(content: bytes) -> bytes:
    """The blueprint in a kit; any other file as it is. Raises `ValueError` with words for a ZIP that is no kit."""
    if not content.startswith(b"PK\x03\x04"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [one for one in archive.infolist() if one.filename.lower().endswith((".yaml", ".yml"))]
            if len(names) != 1:
                raise ValueError(
                    _("A kit holds one blueprint (.yaml): this archive holds %(n)s.") % {"n": len(names)}
                )
            if names[0].file_size > LIMIT:
                raise ValueError(_("The file is larger than 2 MB: a blueprint holds text alone."))
            with archive.open(names[0]) as file:
                return file.read(LIMIT + 1)[:LIMIT]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise ValueError(_("This archive cannot be opened: download the kit again.")) from error


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    """A file of the kit, with a date that says nothing."""
    entry = zipfile.ZipInfo(name, WHEN)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(entry, text.encode())
