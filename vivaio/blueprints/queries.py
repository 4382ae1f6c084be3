"""A programme told as a blueprint; the blueprints that come with the product."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.db.models import Exists, OuterRef, QuerySet

from vivaio.blueprints import later
from vivaio.blueprints.reading import read
from vivaio.calls import blueprint as calls
from vivaio.calls import queries as call_queries
from vivaio.calls.models import Call
from vivaio.calls.states import CallKind
from vivaio.experts.models import Competence, ExpertField, PlacementRound
from vivaio.funding.models import Terms
from vivaio.initiatives.models import Dimension, SharedMilestone
from vivaio.jury.models import PitchDay
from vivaio.kit.counting import counted
from vivaio.kit.reconcile import Passage
from vivaio.people.models import Person
from vivaio.programmes import blueprint as programmes
from vivaio.programmes import queries as programme_queries
from vivaio.programmes.models import Phase, Programme, Purpose
from vivaio.publishing import blueprint as publishing
from vivaio.publishing import queries as publishing_queries
from vivaio.publishing.models import News
from vivaio.questionnaires import blueprint as questionnaires
from vivaio.questionnaires.models import Form, FormVersion

SHIPPED = Path(__file__).parent / "programmes"


@dataclass(frozen=True)
class Shipped:
    """A blueprint that comes with the product."""

    name: str
    title: dict[str, str]
    size: int

    @property
    def path(self) -> Path:
        return SHIPPED / f"{self.name}.yaml"


class Writer(yaml.SafeDumper):
    """Long texts as blocks, so that a person can read and edit them."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_block(writer: Writer, text: str) -> yaml.Node:
    """A text with line breaks as a literal block."""
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Writer.add_representer(str, as_block)


def told(programme: Programme, reader: Person | None = None) -> dict[str, Any]:
    """The blueprint that gives this programme again.

    A `reader` who may not read calls in preparation gets neither those nor the forms that no other call uses;
    nor does whoever is not staff get news that is not on line.
    """
    passage = Passage(zone=ZoneInfo(programme.time_zone), languages=programme.languages)
    data: dict[str, Any] = {"vivaio": 1, "programme": programmes.tell(programme, passage)}
    forms = questionnaires.tell(programme, passage)
    of_calls = calls.tell(programme, passage)
    news = publishing.tell(programme, passage)
    if reader is not None and not programme_queries.can(reader, "programme.read", programme):
        on_line = set(publishing_queries.published(programme, News).values_list("slug", flat=True))
        news = [one for one in news if one["slug"] in on_line]
    if reader is not None and not programme_queries.can(reader, "calls.read", programme):
        readable = set(call_queries.public_of(programme).values_list("slug", flat=True))
        of_calls = [for_anybody(call) for call in of_calls if call["slug"] in readable]
        used = {call.get("form") for call in of_calls}
        forms = [form for form in forms if form["key"] in used]
    if forms:
        data["forms"] = forms
    if of_calls:
        data["calls"] = of_calls
    if news:
        data["news"] = news
    after = later.tell(
        programme,
        passage,
        lambda permission: reader is None or programme_queries.can(reader, permission, programme),
    )
    if after.get("needs", {}).get("form") not in {form["key"] for form in forms}:
        after.get("needs", {}).pop("form", None)
    return data | {name: section for name, section in after.items() if section}


def for_anybody(call: dict[str, Any]) -> dict[str, Any]:
    """What a call's page does not show, letters and the conditions of the staff, stays with who runs it."""
    told = {name: value for name, value in call.items() if name != "letters"}
    if "conditions" in told:
        told["conditions"] = [one for one in told["conditions"] if not one.get("internal")]
    return {name: value for name, value in told.items() if value != []}


def exported(programme: Programme, reader: Person | None = None) -> str:
    """The same as a YAML file; without a reader (the command line) all of it."""
    return written(told(programme, reader))


def written(data: dict[str, Any]) -> str:
    """A blueprint as the text of its file."""
    return yaml.dump(data, Dumper=Writer, allow_unicode=True, sort_keys=False, width=110)


def shipped() -> list[Shipped]:
    """The blueprints that come with the product, by name."""
    found = []
    for path in sorted(SHIPPED.glob("*.yaml")):
        title = read(path.read_bytes()).data["programme"]["title"]
        found.append(
            Shipped(path.stem, title if isinstance(title, dict) else {"it": title}, path.stat().st_size)
        )
    return found


def exportable_by(person: Person) -> QuerySet[Programme]:
    """The programmes that the person may take away as a blueprint: public ones are a model for others."""
    return programme_queries.visible_to(person)


def kits_of(person: Person) -> QuerySet[Programme]:
    """The programmes that the person may take away as a kit: those on whose staff they are."""
    return programme_queries.programmes_where(person, "programme.read")


def held_by(programme: Programme) -> dict[str, int]:
    """How many of each thing a kit of this programme holds, in one statement: as many as `told` tells."""
    of = {"programme": OuterRef("pk")}
    banked = {"programme__bank__isnull": False}  # without a bank its fields are not told
    newer = PlacementRound.objects.filter(
        programme=OuterRef("programme"), title=OuterRef("title"), created_at__gt=OuterRef("created_at")
    )
    rows: dict[str, QuerySet[Any]] = {
        "phases": Phase.objects.filter(**of),
        "forms": Form.objects.filter(**of, pk__in=FormVersion.objects.values("form")),
        "calls": Call.objects.filter(**of),
        "fields": ExpertField.objects.filter(**of, **banked),
        "competences": Competence.objects.filter(
            **{f"field__{name}": value for name, value in (of | banked).items()}
        ),
        "dimensions": Dimension.objects.filter(**of),
        "milestones": SharedMilestone.objects.filter(**of),
        "placements": PlacementRound.objects.filter(~Exists(newer), **of),
        "pitches": PitchDay.objects.filter(
            panel__call__programme=OuterRef("pk"), panel__call__kind=CallKind.CONTEST
        ),
        "money": Terms.objects.filter(**of),
        "purposes": Purpose.objects.filter(**of, retired=False),
    }
    counts = {f"held_{name}": counted(one) for name, one in rows.items()}
    found = Programme.objects.filter(pk=programme.pk).annotate(**counts).values(*counts).get()
    return {name: found[f"held_{name}"] for name in rows}
