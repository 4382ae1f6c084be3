"""What the conditions of a call say to somebody who would apply: by the very rules that check applications.

The application is made in memory from what was typed, checked by `eligibility.compute`, and never saved.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vivaio.applications import eligibility, rules
from vivaio.applications.models import Application
from vivaio.applications.self_checking.needs import Needs, field_of
from vivaio.applications.states import CheckOutcome
from vivaio.calls.models import Condition, Track
from vivaio.calls.queries import track_told
from vivaio.calls.states import ApplicantKind, ConditionKind
from vivaio.kit import clock
from vivaio.people import ages
from vivaio.people.models import Organisation, Person
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.models import Response

MET, NOT_MET, UNKNOWN = CheckOutcome.MET, CheckOutcome.NOT_MET, CheckOutcome.UNKNOWN
TONES = {MET: "yes", NOT_MET: "no", UNKNOWN: "maybe"}


@dataclass(frozen=True)
class Finding:
    """One condition: whether it is met, the passage of the call, what was looked at, what can be done."""

    outcome: CheckOutcome
    title: str
    passage: str
    looked_at: str
    advice: str
    stated: bool = False

    @property
    def tone(self) -> str:
        return TONES[self.outcome]

    @property
    def label(self) -> str:
        return _("On your word") if self.stated and self.outcome == UNKNOWN else str(self.outcome.label)


@dataclass(frozen=True)
class Verdict:
    """All findings, and what they come to."""

    findings: list[Finding]
    young: bool

    @property
    def outcome(self) -> CheckOutcome:
        outcomes = {one.outcome for one in self.findings if not one.stated}
        if NOT_MET in outcomes:
            return NOT_MET
        return UNKNOWN if UNKNOWN in outcomes else MET

    @property
    def tone(self) -> str:
        return TONES[self.outcome]


def verdict(needs: Needs, said: dict[str, Any]) -> Verdict:
    """What comes of the answers. Nothing is written anywhere."""
    application = _imagined(needs, said)
    found = _open_to(needs, application, said)
    findings = [] if found is None else [found]
    stated = set(said.get("statements") or ())
    for condition in needs.conditions:
        if condition.track_id in (None, application.track_id):
            findings.append(_finding(needs, condition, application, said, condition.key in stated))
    born = application.person.born_on if application.person else None
    return Verdict(findings, young=born is not None and ages.age_on(born, clock.today()) < ages.MAJORITY)


def _imagined(needs: Needs, said: dict[str, Any]) -> Application:
    """The application that would be, in memory alone."""
    person = needs.people_alone or said.get("applicant") == ApplicantKind.PERSON
    application = Application(call=needs.call, track=_track(needs, said))
    if person:
        application.person = Person(born_on=said.get("born_on") or _born_on(needs, said.get("age")))
    else:
        application.organisation = Organisation(
            kind=said.get("organisation_kind") or "",
            municipality=said.get("municipality") or "",
            province=said.get("province") or "",
            country=said.get("country") or "IT",
            founded_on=said.get("founded_on"),
            tax_code=said.get("identifier") or "",
        )
    if needs.call.form is not None:
        application.response = _answers(needs, said)
    return application


def _track(needs: Needs, said: dict[str, Any]) -> Track:
    chosen = [track for track in needs.tracks if track.key == said.get("track")]
    track = (chosen or needs.tracks or [Track(call=needs.call)])[0]
    track.call = needs.call
    return track


def _born_on(needs: Needs, age: int | None) -> dt.date | None:
    """A day of birth that makes somebody this old on the day that counts."""
    if age is None:
        return None
    (day,) = needs.age_days
    try:
        return day.replace(year=day.year - age)
    except ValueError:  # on 29 February
        return day.replace(year=day.year - age, day=28)


def _answers(needs: Needs, said: dict[str, Any]) -> Response:
    response = Response(version=needs.call.form)
    merge = questionnaires.merge_of(response, None, None)
    for question in needs.questions:
        value = said.get(field_of(question))
        merge.apply(Change(question.name, value.isoformat() if isinstance(value, dt.date) else value))
    response.answers = merge.answers
    return response


def _open_to(needs: Needs, application: Application, said: dict[str, Any]) -> Finding | None:
    """Whether the track takes this kind of organisation, where no condition says it already."""
    told = any(one.kind == ConditionKind.ORGANISATION_KIND for one in needs.conditions)
    organisation, track = application.organisation, application.track
    if organisation is None or told or not track.organisation_kinds:
        return None
    title = _("The track “%(track)s” is open to: %(kinds)s") % {
        "track": track.title_i18n,
        "kinds": track_told(track).kinds,
    }
    passage = f"track-{track.key}"
    if not said.get("organisation_kind"):
        return Finding(UNKNOWN, title, passage, _("You left this out."), "")
    refused = rules.admits(track, organisation)
    if refused:
        return Finding(NOT_MET, title, passage, str(refused), _advice(ConditionKind.ORGANISATION_KIND))
    return Finding(MET, title, passage, organisation.get_kind_display(), "")


def _finding(
    needs: Needs, condition: Condition, application: Application, said: dict[str, Any], stated: bool
) -> Finding:
    title, passage, kind = condition.title_i18n, condition.passage, ConditionKind(condition.kind)
    fields = needs.fields[condition.key]
    if not fields:
        words = (
            _("You say so. Whoever runs the call checks it when you apply.")
            if stated
            else _("You did not tick it.")
        )
        return Finding(UNKNOWN, title, passage, words, "" if stated else _advice(kind), stated)
    if kind not in (ConditionKind.AGE, ConditionKind.ANSWER) and application.organisation is None:
        fields = []  # about organisations: the rule itself says so of a person
    if kind == ConditionKind.AGE and application.person is None:
        fields = []
    if fields and not any(said.get(name) not in (None, "", []) for name in fields):
        return Finding(UNKNOWN, title, passage, _("You left this out."), _advice(kind))
    outcome = eligibility.compute(condition, application)
    looked_at = eligibility.explain(condition, application)
    return Finding(outcome, title, passage, looked_at, "" if outcome == MET else _advice(kind))


def _advice(kind: ConditionKind) -> str:
    """What whoever does not meet a condition, or does not know, can do."""
    return {
        ConditionKind.ORGANISATION_KIND: _(
            "Look whether another track is open to your kind of organisation."
        ),
        ConditionKind.ANSWER: _(
            "The same question is in the application: what counts is what you answer there."
        ),
        ConditionKind.SEAT: _("What counts is the seat in the organisation's profile when you hand in."),
        ConditionKind.FOUNDED_AFTER: _("What counts is the date in the deed of incorporation."),
        ConditionKind.AGE: _("What counts is the age on the day that the call names."),
        ConditionKind.IDENTIFIED: _(
            "Write the number again and look at each sign: one wrong digit is enough."
        ),
        ConditionKind.ONE_EACH: _(
            "If another application was handed in already, it can be withdrawn or reopened."
        ),
    }.get(kind, _("Read the passage again, and ask if you are in doubt."))
