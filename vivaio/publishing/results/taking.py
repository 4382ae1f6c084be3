"""The figures of a programme as they stand at this moment: counts and sums alone, in a fixed number of statements.

A part is a function of the programme; what it answers is kept as JSON. Amounts are kept as text, titles that operators
wrote in each of their languages.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Avg, Count, F, Func, Q, Sum

from vivaio.experts.models import ExpertCompetence, ExpertProfile
from vivaio.experts.states import ADMITTED
from vivaio.funding.models import Award, Posting
from vivaio.funding.queries import ledger
from vivaio.funding.states import AccountKind, AwardState
from vivaio.initiatives.analysing import queries as analysing
from vivaio.initiatives.contacting import queries as contacting
from vivaio.initiatives.contesting import queries as contesting
from vivaio.initiatives.models import Initiative
from vivaio.initiatives.states import InitiativeState
from vivaio.programmes.models import Programme
from vivaio.publishing.results import helped, placed
from vivaio.publishing.results.telling import in_languages
from vivaio.publishing.states import ResultsPart

Taken = dict[str, Any]
GIVEN = (AccountKind.COMMITTED, AccountKind.CLAIMED, AccountKind.PAYABLE, AccountKind.PAID)


def taken(programme: Programme) -> Taken:
    """Every part's figures."""
    return {part.value: take(programme) for part, take in PARTS.items()}


def who(programme: Programme) -> Taken:
    """Initiatives by state, track and sector, their organisations; experts by field."""
    rows = Initiative.objects.filter(programme=programme).order_by()
    sums = rows.aggregate(initiatives=Count("pk"), organisations=Count("organisation", distinct=True))
    states = rows.values("state").annotate(n=Count("pk"))
    tracks = rows.exclude(track_title="").values("track_title").annotate(n=Count("pk"))
    sectors = (
        rows.annotate(sector=Func(F("sectors"), function="unnest")).values("sector").annotate(n=Count("pk"))
    )
    profiles = ExpertProfile.objects.filter(programme=programme, state__in=ADMITTED)
    field = "competence__field__"
    able = ExpertCompetence.objects.filter(profile__in=profiles.values("pk")).order_by()
    fields = able.values(f"{field}title", f"{field}i18n", f"{field}pk", f"{field}position")
    told = fields.annotate(n=Count("profile", distinct=True)).order_by(f"{field}position")
    return {
        **sums,
        "states": {row["state"]: row["n"] for row in states},
        "tracks": [[row["track_title"], row["n"]] for row in tracks.order_by("-n", "track_title")],
        "sectors": {row["sector"]: row["n"] for row in sectors.order_by("-n", "sector")},
        "experts": profiles.count(),
        "fields": [[in_languages(row, prefix=field), row["n"], str(row[f"{field}pk"])] for row in told],
    }


def change(programme: Programme) -> Taken:
    """By dimension, the mean of what was agreed first and last, over the initiatives that agreed twice or more."""
    rows = analysing.rated_twice().filter(profile__round__programme=programme)
    setup = analysing.setup_of(programme)
    key = ("dimension", "dimension__position", "dimension__key", "dimension__title", "dimension__i18n")
    means = rows.values(*key).annotate(
        mean_before=Avg("before"), mean_after=Avg("points"), n=Count("profile__initiative", distinct=True)
    )
    return {
        "initiatives": rows.aggregate(n=Count("profile__initiative", distinct=True))["n"],
        "gap_below": setup.gap_below,
        "strength_from": setup.strength_from,
        "lines": [
            {
                "pk": str(row["dimension"]),
                "title": in_languages(row, prefix="dimension__"),
                "before": round(row["mean_before"]),
                "after": round(row["mean_after"]),
                "n": row["n"],
            }
            for row in means.order_by("dimension__position", "dimension__key")
        ],
    }


def contacts(programme: Programme) -> Taken:
    """How many by kind and outcome, and what they brought."""
    kinds: dict[str, dict[str, int]] = {}
    for (kind, state), n in contacting.figures(programme).items():
        kinds.setdefault(kind, {})[state] = n
    brought = [[currency, str(total)] for currency, total in contacting.brought(programme)]
    return {"kinds": kinds, "brought": brought}


def contests(programme: Programme) -> list[Taken]:
    """Each contest: entrants, who judged, who won once the ranking was on line, interest taken and accepted."""
    names = ("pk", "slug", "title", "i18n", "entrants", "jurors_in", "winners", "interest", "accepted")
    return [
        {
            "pk": str(row["pk"]),
            "slug": row["slug"],
            "title": in_languages(row),
            "entrants": row["entrants"],
            "jurors": row["jurors_in"],
            "winners": row["winners"],
            "interest": row["interest"],
            "accepted": row["accepted"],
        }
        for row in contesting.held(programme).order_by("closes_at", "slug").values(*names)
    ]


def money(programme: Programme) -> Taken:
    """Awards by kind with what was given and paid, from the ledger; where the programme's money stands."""
    awards = Award.objects.filter(programme=programme, currency=programme.currency)
    counts = awards.exclude(state=AwardState.REVOKED).order_by().values("kind").annotate(n=Count("pk"))
    lines = Posting.objects.filter(
        account__programme=programme, account__kind__in=GIVEN, currency=programme.currency
    )
    paid = Q(account__kind=AccountKind.PAID)
    sums = lines.exclude(transaction__award=None).order_by().values("transaction__award__kind")
    sums = sums.annotate(given=Sum("amount"), paid=Sum("amount", filter=paid))
    by_kind = {row["transaction__award__kind"]: row for row in sums}
    return {
        "currency": programme.currency,
        "standing": {kind: str(amount) for kind, amount in ledger.balances(programme).items()},
        "kinds": [
            {
                "kind": row["kind"],
                "n": row["n"],
                "given": str(by_kind.get(row["kind"], {}).get("given") or ledger.NOTHING),
                "paid": str(by_kind.get(row["kind"], {}).get("paid") or ledger.NOTHING),
            }
            for row in counts.order_by("kind")
        ],
    }


def enterprises(programme: Programme) -> Taken:
    """How many initiatives became an enterprise of their own, or go on by themselves."""
    rows = Initiative.objects.filter(programme=programme)
    return rows.aggregate(
        born=Count("pk", filter=Q(state=InitiativeState.SPUN_OFF, enterprise__isnull=False)),
        independent=Count("pk", filter=Q(state=InitiativeState.INDEPENDENT)),
    )


PARTS: dict[ResultsPart, Callable[[Programme], Any]] = {
    ResultsPart.WHO: who,
    ResultsPart.HELP: helped.hours_taken,
    ResultsPart.PLACEMENTS: placed.placements_taken,
    ResultsPart.CHANGE: change,
    ResultsPart.CONTACTS: contacts,
    ResultsPart.CONTESTS: contests,
    ResultsPart.MONEY: money,
    ResultsPart.ENTERPRISES: enterprises,
}
