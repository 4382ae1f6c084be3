"""The part of a blueprint that describes the calls."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from vivaio.calls import rules, vouchers, wording
from vivaio.calls.models import Award, Call, CallDate, Condition, Criterion, Track
from vivaio.calls.staging import needs
from vivaio.calls.staging import rules as staging
from vivaio.calls.states import (
    ApplicantKind,
    AwardKind,
    CallKind,
    CallState,
    Commenting,
    ConditionKind,
    Deciding,
    Disclosure,
    Discussing,
    GoingOn,
    Purchase,
    Reviewing,
)
from vivaio.kit.reconcile import ABSENT, Day, Instant, Number, Passage, Plain, Reference, Shape, Text
from vivaio.kit.rules import require
from vivaio.people import identifiers
from vivaio.people.models import Person
from vivaio.people.states import OrganisationKind
from vivaio.programmes.models import Programme
from vivaio.questionnaires.states import Signature

TEXT = {"$ref": "#/$defs/text"}
KEY = {"$ref": "#/$defs/key"}
INSTANT = {"$ref": "#/$defs/instant"}
COUNT = {"type": "integer", "minimum": 0, "maximum": 32767}


def terms_may_change(row: Any, changed: list[str]) -> None:
    """What applicants relied on stays as it was when the call opened."""
    require(rules.change_terms, row.call)


def places_may_change(row: Any, changed: list[str]) -> None:
    """The tracks of a later stage were announced with the first one."""
    terms_may_change(row, changed)
    require(needs.announced, row.call)


def award_may_change(row: Any, changed: list[str]) -> None:
    """What a voucher buys ends on a day or after some months: the one that the file says takes the other's place."""
    terms_may_change(row, changed)
    if "last_day" in changed and row.last_day:
        row.lasts_months = None
    elif "lasts_months" in changed and row.lasts_months:
        row.last_day = None


class Suppliers(Plain):
    """Who may supply what a voucher buys; their codes are kept compact, as in a claim."""

    def to_row(self, row: Model, value: Any, passage: Passage) -> None:
        told = [{"name": one["name"], "code": identifiers.any_tax_code(one["code"])} for one in value or []]
        setattr(row, self.target, told)


def call_may_change(call: Call, changed: list[str]) -> None:
    """Words may be mended while the call is open; windows and tie rule are among its terms."""
    require(rules.change_call, call, changed)


class FormVersion(Reference):
    """The call's form by its key; a new version of the form is a change of the call."""

    def to_file(self, row: Any, passage: Passage) -> Any:
        return ABSENT if row.form is None else row.form.form.key

    def state(self, row: Any, passage: Passage) -> Any:
        return ABSENT if row.form is None else f"{row.form.form.key} ({row.form.number})"


CALLS = Shape(
    Call,
    "programme",
    (
        Text("title"),
        Plain("kind"),
        Reference("follows", section="calls", key="slug"),
        Text("stage_name"),
        Plain("going_on"),
        Text("summary"),
        Text("who"),
        Text("what"),
        Text("text"),
        Plain("applicant_kinds"),
        Plain("open_to_minors"),
        Reference("phase", section="phases"),
        FormVersion("form", section="forms"),
        Plain("title_question"),
        Plain("application_signature"),
        Instant("opens_at"),
        Instant("closes_at"),
        Instant("questions_until"),
        Instant("scoring_opens_at"),
        Instant("scoring_closes_at"),
        Plain("integration_days"),
        Plain("acceptance_days"),
        Plain("two_persons"),
        Plain("reviews_each"),
        Plain("disclosure"),
        Plain("publish_scores"),
        Plain("publish_juror_scores"),
        Plain("ranking_public_days"),
        Plain("deciding"),
        Plain("reviewing"),
        Plain("discussing"),
        Plain("revising"),
        Plain("practice_counts"),
        Plain("commenting"),
        Plain("comments_needed"),
        Plain("comment_least"),
        Plain("tie_breaks"),
        Text("draw_source"),
    ),
    key="slug",
    ordered=False,
    reference_section="calls",
    guard=call_may_change,
    children={
        "tracks": Shape(
            Track,
            "call",
            (
                Text("title"),
                Text("description"),
                Plain("places"),
                Number("minimum_score"),
                Plain("organisation_kinds"),
            ),
            reference_section="tracks",
            guard=places_may_change,
        ),
        "conditions": Shape(
            Condition,
            "call",
            (
                Text("title"),
                Plain("kind"),
                Plain("parameters"),
                Plain("internal"),
                Reference("track", section="tracks"),
            ),
            guard=terms_may_change,
        ),
        "criteria": Shape(
            Criterion,
            "call",
            (
                Text("title"),
                Text("question"),
                Number("weight"),
                Plain("scale_min"),
                Plain("scale_max"),
                Plain("descriptors"),
            ),
            guard=terms_may_change,
        ),
        "awards": Shape(
            Award,
            "call",
            (
                Text("title"),
                Text("description"),
                Plain("kind"),
                Number("amount"),
                Plain("currency"),
                Plain("quantity"),
                Plain("buys"),
                Suppliers("suppliers"),
                Day("last_day"),
                Plain("lasts_months"),
                Reference("track", section="tracks"),
            ),
            guard=award_may_change,
        ),
        "dates": Shape(CallDate, "call", (Text("title"), Instant("at")), ordered=False),
    },
)


def objects(required: Sequence[str], **properties: Any) -> dict[str, Any]:
    """The schema of a list of mappings with these properties and no others."""
    return {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": list(required),
            "properties": properties,
        },
    }


SCHEMA: dict[str, Any] = objects(
    ["slug", "title", "opens_at", "closes_at"],
    slug=KEY,
    published={"type": "boolean"},
    title=TEXT,
    kind={"enum": list(CallKind.values)},
    follows=KEY,
    stage_name=TEXT,
    going_on={"enum": list(GoingOn.values)},
    summary=TEXT,
    who=TEXT,
    what=TEXT,
    text=TEXT,
    applicant_kinds={"type": "array", "minItems": 1, "items": {"enum": list(ApplicantKind.values)}},
    open_to_minors={"type": "boolean"},
    phase=KEY,
    form=KEY,
    title_question={"type": "string"},
    application_signature={"enum": ["", *Signature.values]},
    opens_at=INSTANT,
    closes_at=INSTANT,
    questions_until=INSTANT,
    scoring_opens_at=INSTANT,
    scoring_closes_at=INSTANT,
    integration_days=COUNT,
    acceptance_days=COUNT,
    two_persons={"type": "boolean"},
    reviews_each={"type": "integer", "minimum": 1, "maximum": 50},
    disclosure={"enum": list(Disclosure.values)},
    publish_scores={"type": "boolean"},
    publish_juror_scores={"type": "boolean"},
    ranking_public_days=COUNT,
    deciding={"enum": list(Deciding.values)},
    reviewing={"enum": list(Reviewing.values)},
    discussing={"enum": list(Discussing.values)},
    revising={"type": "boolean"},
    practice_counts={"type": "boolean"},
    commenting={"enum": list(Commenting.values)},
    comments_needed={"type": "boolean"},
    comment_least={"type": "integer", "minimum": 0, "maximum": 1000},
    tie_breaks={
        "type": "array",
        "items": {"type": "string", "pattern": "^(criterion:[a-z0-9_-]+|earlier_submission|draw)$"},
    },
    draw_source=TEXT,
    tracks=objects(
        ["key", "title", "places"],
        key=KEY,
        title=TEXT,
        description=TEXT,
        places=COUNT,
        minimum_score={"$ref": "#/$defs/percentage"},
        organisation_kinds={"type": "array", "items": {"enum": list(OrganisationKind.values)}},
    ),
    conditions=objects(
        ["key", "title"],
        key=KEY,
        title=TEXT,
        kind={"enum": list(ConditionKind.values)},
        parameters={"type": "object"},
        internal={"type": "boolean"},
        track=KEY,
    ),
    criteria=objects(
        ["key", "title", "weight"],
        key=KEY,
        title=TEXT,
        question=TEXT,
        weight={"$ref": "#/$defs/percentage"},
        scale_min={"type": "integer", "minimum": 0, "maximum": 100},
        scale_max={"type": "integer", "minimum": 1, "maximum": 100},
        descriptors=objects(["value", "word"], value={"type": "integer"}, word=TEXT, text=TEXT),
    ),
    awards=objects(
        ["key", "kind", "title"],
        key=KEY,
        kind={"enum": list(AwardKind.values)},
        title=TEXT,
        description=TEXT,
        amount={"$ref": "#/$defs/amount"},
        currency={"$ref": "#/$defs/currency"},
        quantity=COUNT,
        buys={"type": "array", "uniqueItems": True, "items": {"enum": list(Purchase.values)}},
        suppliers=objects(
            ["name", "code"],
            name={"type": "string", "minLength": 1, "maxLength": 160},
            code={"type": "string", "pattern": "^[0-9A-Z]{4,20}$"},
        )
        | {"maxItems": vouchers.MOST_SUPPLIERS},
        last_day={"$ref": "#/$defs/day"},
        lasts_months={"type": "integer", "minimum": 1, "maximum": vouchers.MOST_MONTHS},
        track=KEY,
    ),
    dates=objects(["key", "title", "at"], key=KEY, title=TEXT, at=INSTANT),
    letters=objects(["letter", "subject", "text"], letter={"type": "string"}, subject=TEXT, text=TEXT),
)


def bring(
    section: Sequence[Mapping], programme: Programme, passage: Passage, *, by: Person | None = None
) -> list[Call]:
    """Bring the programme's calls to what the section says; returns those that the file wants published.

    Raises `Refused` where two stages would follow the same one, or stages would follow each other in a circle.
    """
    taken = dict(programme.calls.filter(follows__isnull=False).values_list("follows__slug", "slug"))
    for entry in section:
        require(staging.alone_after, entry["slug"], taken.get(entry.get("follows", "")))
    calls = CALLS.bring(section, programme, "calls", passage)
    for call, entry in zip(calls, section, strict=True):
        require(staging.no_circle, call)
        wording.bring(entry.get("letters", []), call, passage, by=by)
    return [
        call
        for call, entry in zip(calls, section, strict=True)
        if entry.get("published") and call.state == CallState.DRAFT
    ]


def tell(programme: Programme, passage: Passage) -> list[dict[str, Any]]:
    """The section that would give these calls again."""
    told = CALLS.tell(programme, passage)
    calls = {call.slug: call for call in programme.calls.all()}
    for entry in told:
        call = calls[entry["slug"]]
        entry["published"] = call.state in (CallState.PUBLISHED, CallState.CONCLUDED)
        if letters := wording.tell(call):
            entry["letters"] = letters
    return in_order(told)


def in_order(told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every stage behind the one that it follows, as a file names them."""
    after = {entry["follows"]: entry for entry in told if "follows" in entry}
    found = []
    for entry in told:
        following = None if "follows" in entry else entry
        while following is not None:
            found.append(following)
            following = after.get(following["slug"])
    return found
