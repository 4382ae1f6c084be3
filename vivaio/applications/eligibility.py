"""Conditions that a computer can find out, found out.

Each kind of condition has one function: it answers met, not met, or to be checked by a person, and never raises
for what an applicant wrote. Parameters are described in `calls.states.ConditionKind`.
"""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from stdnum.exceptions import ValidationError
from stdnum.it import codicefiscale, iva

from vivaio.applications import answers
from vivaio.applications.checking import papers
from vivaio.applications.deminimis import telling as deminimis
from vivaio.applications.models import Application, Check
from vivaio.applications.signing import outcome as signatures
from vivaio.applications.states import HANDED_IN, CheckOutcome
from vivaio.calls.models import Call, Condition
from vivaio.calls.states import ConditionKind
from vivaio.kit import formats
from vivaio.kit.statements import Statement
from vivaio.people import ages
from vivaio.people.states import OrganisationKind

MET, NOT_MET, UNKNOWN = CheckOutcome.MET, CheckOutcome.NOT_MET, CheckOutcome.UNKNOWN


def conditions_of(application: Application) -> list[Condition]:
    """The conditions of the call that hold for the application's track."""
    return _CONDITIONS.rows(track=application.track_id, call=application.call_id)


_CONDITIONS = Statement(
    lambda track, call: Condition.objects.filter(Q(track=None) | Q(track=track), call=call)
)


def check(application: Application) -> list[Check]:
    """Compute every condition and write the outcome down; what a person said stays. Part of an action."""
    found = {each.condition_id: each for each in application.checks.all()}
    conditions = conditions_of(application)
    for condition in conditions:
        each = found.get(condition.pk) or Check(application=application, condition=condition)
        each.computed = compute(condition, application)
        if each.decided_by_id is None:
            each.outcome = each.computed
        each.save()
        found[condition.pk] = each
    gone = set(found) - {condition.pk for condition in conditions}
    application.checks.filter(condition_id__in=gone).delete()
    return [found[condition.pk] for condition in conditions]


def look_again(application: Application) -> None:
    """What had to be integrated is looked at anew: an answer came. The notes stay. Part of an action."""
    application.checks.filter(outcome=CheckOutcome.INTEGRATE).update(decided_by=None, decided_at=None)
    check(application)


def check_twins(application: Application) -> None:
    """The same applicant's other applications are looked at again, for "one each" may have changed."""
    for twin in twins(application):
        same = twin.checks.filter(condition__kind=ConditionKind.ONE_EACH).select_related("condition")
        for each in same.select_for_update(of=("self",)):
            each.computed = compute(each.condition, twin)
            if each.decided_by_id is None:
                each.outcome = each.computed
            each.save()


def compute(condition: Condition, application: Application) -> CheckOutcome:
    """Whether the application meets the condition, as far as can be computed."""
    if condition.kind == ConditionKind.DE_MINIMIS:
        return deminimis.compute(condition, application)
    compute_kind = KINDS.get(ConditionKind(condition.kind))
    return compute_kind(condition.parameters, application) if compute_kind else UNKNOWN


def explain(condition: Condition, application: Application) -> str:
    """What was looked at, in words."""
    organisation = application.organisation
    kind = condition.kind
    if kind == ConditionKind.DOCUMENT:
        return papers.explain(condition, application)
    if kind == ConditionKind.DE_MINIMIS:
        return deminimis.explain(condition, application)
    if kind == ConditionKind.SIGNATURE:
        return signatures.explain(condition, application)
    if kind == ConditionKind.STAFF:
        return _("Somebody reads the application and decides.")
    if kind == ConditionKind.ANSWER:
        return _("Found in the answers.")
    if kind == ConditionKind.ONE_EACH:
        return _("Applications of the same applicant in this call are counted.")
    if kind == ConditionKind.AGE:
        return _age_words(condition.parameters, application)
    if organisation is None:
        return _("A person applies, not an organisation.")
    if kind == ConditionKind.ORGANISATION_KIND:
        return _("%(kind)s; the call admits: %(kinds)s.") % {
            "kind": organisation.get_kind_display(),
            "kinds": ", ".join(_kind_words(_kinds(condition.parameters, application))),
        }
    if kind == ConditionKind.SEAT:
        seat = ", ".join(
            filter(None, (organisation.municipality, organisation.province, organisation.country))
        )
        return _("Seat: %(seat)s.") % {"seat": seat} if organisation.municipality else _("No seat is given.")
    if kind == ConditionKind.FOUNDED_AFTER:
        if organisation.founded_on is None:
            return _("The date of foundation is not given.")
        return _("Founded on %(date)s.") % {"date": formats.short_day(organisation.founded_on)}
    numbers = " · ".join(filter(None, (organisation.tax_code, organisation.vat_number)))
    return numbers or _("No tax code or VAT number is given.")


def _kind_words(kinds: list[str]) -> list[str]:
    names = dict(OrganisationKind.choices)
    return [str(names.get(kind, kind)) for kind in kinds]


def _kinds(parameters: dict, application: Application) -> list[str]:
    """The kinds that the condition names, else those that the track admits."""
    return parameters.get("kinds") or application.track.organisation_kinds


def _organisation_kind(parameters: dict, application: Application) -> CheckOutcome:
    if application.organisation is None:
        return UNKNOWN
    kinds = _kinds(parameters, application)
    return MET if not kinds or application.organisation.kind in kinds else NOT_MET


def _answer(parameters: dict, application: Application) -> CheckOutcome:
    holds = answers.holds(application, parameters.get("expression", ""))
    if holds is None:
        return UNKNOWN
    return MET if holds else NOT_MET


def _seat(parameters: dict, application: Application) -> CheckOutcome:
    """In one of the countries named, if any; and in one of the provinces or municipalities named, if any."""
    organisation = application.organisation
    if organisation is None:
        return UNKNOWN
    countries = _folded(parameters.get("countries", []))
    provinces = _folded(parameters.get("provinces", []))
    municipalities = _folded(parameters.get("municipalities", []))
    if countries and organisation.country.casefold() not in countries:
        return NOT_MET
    if not (provinces or municipalities):
        return MET
    if not (organisation.province or organisation.municipality):
        return UNKNOWN
    inside = (
        organisation.province.strip().casefold() in provinces
        or organisation.municipality.strip().casefold() in municipalities
    )
    return MET if inside else NOT_MET


def _founded_after(parameters: dict, application: Application) -> CheckOutcome:
    organisation = application.organisation
    if organisation is None or organisation.founded_on is None:
        return UNKNOWN
    try:
        limit = dt.date.fromisoformat(str(parameters.get("date", "")))
    except ValueError:
        return UNKNOWN
    return MET if organisation.founded_on > limit else NOT_MET


def _age(parameters: dict, application: Application) -> CheckOutcome:
    """Old enough and young enough on the day that the condition names, else on the day on which the call closes."""
    person, (least, most) = application.person, _between(parameters)
    if person is None or person.born_on is None or not (least or most):
        return UNKNOWN
    age = ages.age_on(person.born_on, age_day(parameters, application.call))
    return MET if (least or age) <= age <= (most or age) else NOT_MET


def _age_words(parameters: dict, application: Application) -> str:
    person, (least, most) = application.person, _between(parameters)
    if person is None:
        return _("An organisation applies, not a person.")
    if person.born_on is None:
        return _("The date of birth is not given.")
    day = age_day(parameters, application.call)
    age = ages.age_on(person.born_on, day)
    found = ngettext("%(age)d year old on %(date)s.", "%(age)d years old on %(date)s.", age)
    words = found % {"age": age, "date": formats.short_day(day)}
    if least and most:
        admits = _("The call admits from %(least)d to %(most)d years.") % {"least": least, "most": most}
    elif least:
        admits = _("The call admits from %(least)d years on.") % {"least": least}
    else:
        admits = _("The call admits up to %(most)d years.") % {"most": most} if most else ""
    return f"{words} {admits}".strip()


def _between(parameters: dict) -> tuple[int | None, int | None]:
    """From which age, and up to which one; None where there is no end."""
    least, most = (parameters.get(name) for name in ("least", "most"))
    return least if isinstance(least, int) else None, most if isinstance(most, int) else None


def age_day(parameters: dict, call: Call) -> dt.date:
    """The day on which the age counts: the one that the condition names, else that on which the call closes."""
    try:
        return dt.date.fromisoformat(str(parameters.get("on", "")))
    except ValueError:
        return formats.local_date(call.closes_at, call.time_zone)


def counts_age(application: Application) -> bool:
    """Whether a condition looks at the age of the person who applies."""
    return application.person_id is not None and any(
        condition.kind == ConditionKind.AGE for condition in conditions_of(application)
    )


def age_not_met(application: Application) -> str | None:
    """Why, by the date of birth on record, a condition on age is not met; whoever applies reads it beforehand."""
    if application.person is None or application.person.born_on is None:
        return None
    for condition in conditions_of(application):
        if condition.kind == ConditionKind.AGE and compute(condition, application) == NOT_MET:
            return f"{condition}: {explain(condition, application)}"
    return None


def _identified(parameters: dict, application: Application) -> CheckOutcome:
    """A tax code or a VAT number is given and its check digits are right (Italian ones; others by a person)."""
    organisation = application.organisation
    if organisation is None:
        return UNKNOWN
    given = [code for code in (organisation.tax_code, organisation.vat_number) if code]
    if not given:
        return NOT_MET
    if organisation.country != "IT":
        return UNKNOWN
    return MET if all(_valid_in_italy(code) for code in given) else NOT_MET


def _valid_in_italy(code: str) -> bool:
    try:
        (iva if code.strip().removeprefix("IT").isdigit() else codicefiscale).validate(code)
    except ValidationError:
        return False
    return True


def _one_each(parameters: dict, application: Application) -> CheckOutcome:
    return NOT_MET if twins(application) else MET


def twins(application: Application) -> list[Application]:
    """The other applications of the same applicant in the same call."""
    return _TWINS.rows(
        pk=application.pk,
        call=application.call_id,
        organisation=application.organisation_id,
        person=application.person_id,
    )


def _twins(pk: UUID, call: UUID, organisation: UUID | None, person: UUID | None) -> QuerySet[Application]:
    same = Q(organisation=organisation) if organisation else Q(person=person)
    return Application.objects.filter(same, call=call, state__in=HANDED_IN).exclude(pk=pk)


_TWINS = Statement(_twins)


def _folded(names: list[str]) -> set[str]:
    return {str(name).strip().casefold() for name in names}


KINDS: dict[ConditionKind, Callable[[dict, Application], CheckOutcome]] = {
    ConditionKind.ORGANISATION_KIND: _organisation_kind,
    ConditionKind.ANSWER: _answer,
    ConditionKind.SEAT: _seat,
    ConditionKind.FOUNDED_AFTER: _founded_after,
    ConditionKind.AGE: _age,
    ConditionKind.IDENTIFIED: _identified,
    ConditionKind.ONE_EACH: _one_each,
    ConditionKind.DOCUMENT: papers.compute,
    ConditionKind.SIGNATURE: signatures.compute,
}
