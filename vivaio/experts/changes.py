"""What an expert has changed of what the programme checked: competences, levels, evidence, rate."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from vivaio.experts.models import ExpertProfile
from vivaio.experts.queries import bank
from vivaio.experts.states import Level
from vivaio.kit.formats import money
from vivaio.kit.money import cents


def standing(profile: ExpertProfile) -> dict[str, Any]:
    """What is checked, as it stands now."""
    rows = sorted(bank.competences_of(profile), key=lambda one: str(one.competence_id))
    return {
        "competences": {
            str(one.competence_id): {
                "name": str(one.competence),
                "level": one.level,
                "evidence": one.evidence,
            }
            for one in rows
        },
        "rate": None if profile.rate is None else str(cents(profile.rate)),
    }


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both say the same; what a competence is called by today plays no part."""
    return _plain(one) == _plain(other)


def _plain(told: Mapping[str, Any]) -> Any:
    return told["rate"], {key: (row["level"], row["evidence"]) for key, row in told["competences"].items()}


def values_of(profile: ExpertProfile, held: Mapping[str, Any]) -> dict[str, Any]:
    """What was checked, as values to write; a competence that the bank no longer has is left out."""
    known = {str(one.pk): one for one in bank.competences(profile.programme)}
    rows = [
        {"competence": known[key], "level": row["level"], "evidence": row["evidence"]}
        for key, row in held["competences"].items()
        if key in known
    ]
    rate = held["rate"]
    return {"competences": rows, "rate": rate and Decimal(rate), "pro_bono": rate is None}


def in_words(profile: ExpertProfile) -> list[str]:
    """One by one, what differs from what was checked; nothing if nothing does.

    Competences have the name that they have today, in the reader's language; those of the bank no more the name kept.
    """
    if not profile.as_checked:
        return []
    before, now = profile.as_checked, standing(profile)
    new = now["competences"]
    old = _named_today(profile, before["competences"], new)
    told = [_("Added: %(what)s") % {"what": _row(new[key])} for key in new if key not in old]
    told += [_("Removed: %(what)s") % {"what": _row(old[key])} for key in old if key not in new]
    for key in new.keys() & old.keys():
        if _plain_row(new[key]) != _plain_row(old[key]):
            told.append(_("%(was)s; now %(now)s") % {"was": _row(old[key]), "now": _row(new[key])})
    if before["rate"] != now["rate"]:
        currency = profile.programme.currency
        told.append(
            _("Rate per hour: %(was)s; now %(now)s")
            % {"was": _rate(before["rate"], currency), "now": _rate(now["rate"], currency)}
        )
    return told


def _named_today(profile: ExpertProfile, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    names = {key: row["name"] for key, row in new.items()}
    if old.keys() - names.keys():
        gone = bank.competences(profile.programme).filter(pk__in=old.keys() - names.keys())
        names |= {str(one.pk): str(one) for one in gone}
    return {key: row | {"name": names.get(key, row["name"])} for key, row in old.items()}


def _plain_row(row: Mapping[str, Any]) -> tuple[int, str]:
    return row["level"], row["evidence"]


def _row(row: Mapping[str, Any]) -> str:
    level = str(dict(Level.choices)[row["level"]]).lower()
    evidence = f" (“{row['evidence']}”)" if row["evidence"] else ""
    return f"{row['name']}, {level}{evidence}"


def _rate(rate: str | None, currency: str) -> str:
    return _("free of charge") if rate is None else money(Decimal(rate), currency)
