"""How well an expert fits a request: a figure from 0 to 1 and the reasons for it, which are kept as data."""

from dataclasses import dataclass
from decimal import Decimal
from textwrap import shorten
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vivaio.experts import reach
from vivaio.experts.models import Competence, ExpertProfile, ExpertRequest
from vivaio.experts.states import Level
from vivaio.kit.formats import in_language
from vivaio.kit.texts import BASE, translations_of
from vivaio.people.states import Language, Sector

# What each part weighs: competences first, then what they wrote, sectors, place. Without the language nobody fits.
COMPETENCES, MEANING, SECTORS, PLACE = 0.65, 0.15, 0.1, 0.1
# From here a passage tells by itself that its writer may help, though without the competence declared (the cosine of
# `bench/crosslanguage.py`: the figures are in docs/performance.md).
NEAR_ENOUGH = 0.2
# What of the place counts where the work is in person and the expert is from elsewhere: who travels is not ruled out.
FAR = 0.5
# So much of a passage is told, in whole words.
SHOWN = 200


def _beginning(passage: str) -> str:
    """What is told of a passage: whole words, or so many signs of a language, or an address, without spaces."""
    told = shorten(passage, SHOWN, placeholder=" …")
    return told if len(told) > SHOWN // 4 or len(passage) <= SHOWN else f"{passage.strip()[:SHOWN]} …"


@dataclass(frozen=True)
class Fit:
    """The figure, the reasons (code and what it names), and why this expert is not proposed, if so.

    Without `declared` the expert only writes about what is asked, and stands below whoever has the competence.
    """

    score: Decimal
    reasons: list[dict[str, Any]]
    barred: str = ""
    declared: bool = True

    @property
    def fits(self) -> bool:
        return not self.barred


def fit(
    request: ExpertRequest, profile: ExpertProfile, near: dict[Any, tuple[float, str]], *, related: bool
) -> Fit:
    """How well this expert fits this request. `near` holds the expert's best passage by profile."""
    reasons: list[dict[str, Any]] = []
    asked = list(request.competences.all())
    levels = {one.competence_id: one for one in profile.competences.all()}
    met = 0.0
    for one in asked:
        own = levels.get(one.competence_id)
        if own is not None:
            met += min(1.0, own.level / one.level)
            reasons.append({"why": "competence", **named(own.competence), "level": own.level})
    score = COMPETENCES * (met / len(asked) if asked else 0.0)
    writes = bool(asked) and profile.pk in near and near[profile.pk][0] >= NEAR_ENOUGH
    if writes and not met:
        reasons.append({"why": "undeclared"})
    if profile.pk in near:
        nearness, passage = near[profile.pk]
        score += MEANING * max(0.0, min(1.0, nearness))
        reasons.append({"why": "passage", "text": _beginning(passage), "language": profile.written_in})
    shared = [code for code in request.initiative.sectors if code in profile.sectors]
    score += SECTORS * bool(shared)
    reasons += [{"why": "sector", "code": code} for code in shared[:2]]
    place = (request.remote and profile.remote) or profile.in_person
    where = reach.pattern(request)
    near_by = bool(place) and reach.is_near(profile.area, where)
    score += PLACE * (1.0 if near_by else FAR * bool(place))
    if near_by and where:
        reasons.append({"why": "area", "name": profile.area})
    spoken = request.language in profile.languages
    if spoken:
        reasons.append({"why": "language", "code": request.language})
    barred = _barred(request, profile, bool(met) or writes, spoken, related)
    return Fit(Decimal(str(round(score, 4))), reasons, barred, declared=bool(met))


def _barred(request: ExpertRequest, profile: ExpertProfile, meets: bool, spoken: bool, related: bool) -> str:
    if related:
        return "related"
    if not spoken:
        return "language"
    if not meets:
        return "competence"
    if not request.remote and not profile.in_person:
        return "place"
    away = reach.days_away(profile.away, request)
    if away and not reach.suffices(profile.hours_a_month, away, request):
        return "away"
    return ""


def undeclared(reasons: list[dict[str, Any]]) -> bool:
    """Whether these are the reasons for somebody who has not declared the competence."""
    return any(one["why"] == "undeclared" for one in reasons)


def in_words(reasons: list[dict[str, Any]]) -> list[str]:
    """The reasons, in the reader's language."""
    return [_said(one) for one in reasons]


def on_page(reasons: list[dict[str, Any]]) -> list[str]:
    """The reasons as a page shows them: what the expert wrote, in the language in which it is written."""
    return [_quoted(one) if one["why"] == "passage" else _said(one) for one in reasons]


def _quoted(one: dict[str, Any]) -> str:
    quoted = in_language(one.get("text", ""), one.get("language"))
    return SafeString(escape(_("writes: “%(text)s”")) % {"text": quoted})


def named(competence: Competence) -> dict[str, Any]:
    """A competence as a reason keeps it: its name, and what it is called in other languages."""
    others = translations_of(competence, "title", BASE)
    return {"name": competence.title, "others": others} if others else {"name": competence.title}


def _said(one: dict[str, Any]) -> str:
    language = (get_language() or BASE).split("-")[0]
    match one["why"]:
        case "competence":
            name = one.get("others", {}).get(language, one["name"])
            level = str(dict(Level.choices)[one["level"]]).lower()
            return _("%(name)s: %(level)s") % {"name": name, "level": level}
        case "undeclared":
            return _("writes about it, has not declared the competence")
        case "sector":
            return _("knows the sector: %(sector)s") % {"sector": dict(Sector.choices).get(one["code"], "")}
        case "area":
            return _("is from there: %(area)s") % {"area": one["name"]}
        case "language":
            return _("speaks %(language)s") % {"language": inside_a_sentence(one["code"])}
    return _("writes: “%(text)s”") % {"text": one.get("text", "")}


def inside_a_sentence(code: str) -> str:
    """A language by name, as each reader's language writes it amid other words: English and German with a capital."""
    name = str(dict(Language.choices).get(code, code))
    return name if (get_language() or "").startswith(("en", "de")) else name.lower()


def kept_away(profile: ExpertProfile, request: ExpertRequest, free: int) -> str:
    """That the expert is away too long, where so many free hours would be enough without the days away."""
    away = reach.days_away(profile.away, request)
    alone = reach.suffices(free, 0, request) and not reach.suffices(free, away, request)
    return barred_in_words("away") if alone else ""


def barred_in_words(code: str) -> str:
    """Why an expert is not proposed."""
    return {
        "related": _("Is tied to the initiative: not proposed."),
        "language": _("Does not work in the language asked for."),
        "competence": _("Has none of the competences asked for."),
        "place": _("Does not meet in person."),
        "away": _("Is away too many of the days that are left for the hours asked."),
        "closed": _("Has declined this request, or was ruled out or taken back for it."),
    }.get(code, "")
