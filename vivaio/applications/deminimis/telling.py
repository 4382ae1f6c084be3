"""De minimis aid in words: what a condition comes to, and the text that is signed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from vivaio.applications.deminimis import queries
from vivaio.applications.deminimis.content import Content, amount_of, day_of, names_of
from vivaio.applications.deminimis.queries import Found
from vivaio.applications.models import AidDeclaration, Application
from vivaio.applications.states import AidActivity, AidReceived, AidRelation, CheckOutcome, SingleUndertaking
from vivaio.calls.aid import LONG_NAMES
from vivaio.calls.models import Condition
from vivaio.calls.states import AidRegime, ConditionKind
from vivaio.kit import formats
from vivaio.people.models import Person


def outcome(found: Found) -> CheckOutcome:
    """What the computer says of the point; whether there is an economic activity only people can tell."""
    if not found.signed or not found.concerned:
        return CheckOutcome.UNKNOWN
    if found.standing.remaining == 0:
        return CheckOutcome.NOT_MET
    if found.asked is None:
        return CheckOutcome.UNKNOWN
    return CheckOutcome.MET if found.standing.fits or found.reducible else CheckOutcome.NOT_MET


def compute(condition: Condition, application: Application) -> CheckOutcome:
    """The point of the checklist, as of today."""
    return outcome(_one(condition, application))


def explain(condition: Condition, application: Application) -> str:
    """What was looked at, in words."""
    found = _one(condition, application)
    if not found.signed:
        return _("The de minimis declaration is not signed.")
    return in_words(found)


def _one(condition: Condition, application: Application) -> Found:
    declaration = queries.declaration_of(application)
    return queries.find(
        application,
        condition,
        Content.of(declaration),
        queries.today_of(application),
        signed=declaration is not None and declaration.is_signed,
        register=application.aid_verifications.first(),
    )


def money(amount: Any) -> str:
    return formats.money(amount, "EUR")


def in_words(found: Found) -> str:
    """The sum, the window, what remains, whether the new aid fits."""
    if not found.concerned:
        return _("It declares that it carries out no economic activity: somebody looks whether it is so.")
    told = found.standing
    said = [
        _("From %(since)s to %(until)s: %(total)s received of %(ceiling)s, %(remaining)s remain.")
        % {
            "since": formats.short_day(told.since), "until": formats.short_day(told.until),
            "total": money(told.total), "ceiling": money(told.ceiling.amount),
            "remaining": money(told.remaining),
        }
    ]  # fmt: skip
    return " ".join([*said, conclusion(found)])


def conclusion(found: Found) -> str:
    """Where the total comes from, if it is the register's, and whether the new aid fits."""
    if not found.concerned:
        return in_words(found)
    register, told = found.register, ""
    if register is not None and register.total == found.standing.total:
        words = _("It is the total of the RNA visura of %(day)s.")
        told = words % {"day": formats.short_day(register.checked_on)}
    return f"{told} {verdict(found)}".strip()


def verdict(found: Found) -> str:
    """Whether the new aid fits."""
    told, asked = found.standing, {"asked": money(found.asked)}
    if found.asked is None:
        return _("The amount of the new aid is not known yet.")
    if told.fits:
        return _("The new aid of %(asked)s fits.") % asked
    beyond = {**asked, "beyond": money(told.beyond), "left": money(told.grantable)}
    if found.reducible:
        words = _(
            "The new aid of %(asked)s would exceed the ceiling by %(beyond)s: it may be reduced to %(left)s."
        )
    else:
        words = _("The new aid of %(asked)s would exceed the ceiling by %(beyond)s.")
    return words % beyond


def warning(found: Found) -> str:
    """What whoever adopts a verdict has to know; empty where nothing speaks against the grant."""
    if not found.signed:
        return _("The de minimis declaration is missing.")
    if found.concerned and (found.asked is None or found.exceeds):
        return in_words(found)
    if found.concerned and found.register is None:
        return _("By its declaration the aid fits. No RNA visura is recorded yet.")
    return ""


def lines(content: Content, applicant: str, found: Sequence[Found]) -> list[str]:
    """What is declared, a sentence each."""
    if content.activity == AidActivity.NONE:
        return [
            _(
                "that it carries out no economic activity, and is no undertaking for the purposes of State aid;"
            )
        ]
    said = [_of_single(content)] if content.single == SingleUndertaking.ALONE else []
    said += [_of_linked(row) for row in content.linked]
    since = min((one.standing.since for one in found), default=None)
    until = max((one.standing.until for one in found), default=None)
    period = {"since": formats.short_day(since), "until": formats.short_day(until)}
    if content.received == AidReceived.NONE:
        words = _("that none of them has received de minimis aid from %(since)s to %(until)s;")
        return [*said, words % period]
    names = names_of(content, applicant)
    return [*said, *(_of_aid(row, names) for row in content.aids)]


def _of_single(content: Content) -> str:
    return _("that it has no relation of art. 2(2) of Regulation (EU) 2023/2831 with other undertakings;")


def _of_linked(row: Any) -> str:
    relation = row["relation"]
    label = AidRelation(relation).label if relation in AidRelation.values else "–"
    words = _("that it forms a single undertaking with %(name)s, tax code %(code)s: %(relation)s;")
    if relation in (AidRelation.MERGED, AidRelation.SPLIT):
        words = _("that the aid to %(name)s, tax code %(code)s, counts too: %(relation)s;")
    return words % {"name": row["name"], "code": row["tax_code"], "relation": label}


def _of_aid(row: Any, names: dict[str, str]) -> str:
    regime = row["regime"]
    words = _("that %(who)s was granted %(amount)s by %(body)s on %(day)s: %(act)s, %(regime)s%(code)s;")
    return words % {
        "who": names.get(row["of"], "–"),
        "amount": money(amount_of(row["amount"])) or row["amount"],
        "body": row["body"],
        "day": formats.short_day(day_of(row["on"])) or row["on"],
        "act": row["act"],
        "regime": LONG_NAMES[AidRegime(regime)] if regime in AidRegime.values else "–",
        "code": _code(row["code"]),
    }


def _code(code: str) -> str:
    """The code of the register, named as such."""
    if not code:
        return ""
    return f", {code}" if "COR" in code.upper() else f", COR {code}"


def text_to_sign(application: Application, content: Content, found: Sequence[Found], person: Person) -> str:
    """The declaration in lieu of an affidavit, word for word as it is signed."""
    head = _(
        "I, %(person)s, %(role)s, applying to “%(call)s”, aware that false declarations are punished under art. 76"
        " of D.P.R. 445/2000 and that benefits are lost under its art. 75, declare in lieu of an affidavit (art. 47 of"
        " D.P.R. 445/2000), for aid under %(regimes)s:"
    ) % {
        "person": person,
        "role": _role(application),
        "call": application.call,
        "regimes": "; ".join(str(LONG_NAMES[one.terms.regime]) for one in found),
    }
    foot = _(
        "I undertake to tell the body that grants the aid, before the grant, of any other de minimis aid granted to the"
        " single undertaking meanwhile."
    )
    said = "\n".join(f"– {one}" for one in lines(content, application.applicant_name, found))
    return f"{head}\n\n{said}\n\n{foot}"


def _role(application: Application) -> str:
    """For whom it is signed."""
    organisation = application.organisation
    if organisation is None:
        return _("on my own behalf")
    code = organisation.tax_code or organisation.vat_number
    if not code:
        return _("legal representative of %(applicant)s") % {"applicant": organisation}
    words = _("legal representative of %(applicant)s (tax code %(code)s)")
    return words % {"applicant": organisation, "code": code}


def signed_line(declaration: AidDeclaration, zone: str) -> str:
    """Who signed, and when."""
    return _("Signed by %(who)s, %(when)s") % {
        "who": declaration.signed_by or "–",
        "when": formats.instant(declaration.signed_at, zone),
    }


def window_words(since: dt.date, until: dt.date) -> str:
    return _("from %(since)s to %(until)s") % {
        "since": formats.short_day(since),
        "until": formats.short_day(until),
    }


@dataclass(frozen=True)
class Line:
    """What an applicant's pages say of the declaration; `missing` where something is still to be done."""

    words: str
    missing: bool


def line(application: Application) -> Line | None:
    """Nothing where the call asks for no declaration."""
    conditions = queries.conditions_for(application)
    if not conditions:
        return None
    declaration = queries.declaration_of(application)
    if declaration is not None and declaration.is_signed:
        return Line(signed_line(declaration, application.call.time_zone) + ".", missing=False)
    handed_in = application.number is not None and application.frozen is not None
    return Line(
        _("The de minimis declaration is not signed.")
        if handed_in
        else _(
            "This call grants de minimis aid: the declaration has to be filled in and signed before handing in."
        ),
        missing=True,
    )


def line_of(application: Application) -> Line | None:
    """The same for what was handed in, told by the points that its page has looked up: no query more."""
    kinds = {one.condition.kind for one in application.checks.all()}
    if ConditionKind.DE_MINIMIS not in kinds:
        return None
    return Line(_("The de minimis declaration was handed in with the application."), missing=False)


def missing(application: Application, told: Line | None) -> list[tuple[str, str]]:
    """The declaration among what is missing: the words, and where it is written."""
    address = reverse("applications:de_minimis", args=[application.pk])
    return [(told.words, address)] if told is not None and told.missing else []
