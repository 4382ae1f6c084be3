"""The figures of a results page in words, part by part: page, document and open data all draw from here."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext, pgettext

from vivaio.funding.states import AccountKind, AwardKind
from vivaio.initiatives.analysing import pages as analysing
from vivaio.initiatives.analysing.pages import Drawn
from vivaio.initiatives.states import ContactKind, ContactState, InitiativeState, InterestState
from vivaio.kit import formats, money
from vivaio.kit.charts import Dumbbell
from vivaio.people.states import Sector
from vivaio.publishing.results import helped, placed
from vivaio.publishing.results.telling import (
    FEW,
    Breakdown,
    Line,
    Part,
    Telling,
    amount,
    counts,
    few_apart,
    figure,
    in_language,
    said_together,
)
from vivaio.publishing.states import ResultsPart

AWARDED = (AccountKind.COMMITTED, AccountKind.CLAIMED, AccountKind.PAYABLE, AccountKind.PAID)
LEDGER, AWARDS = ("funding:ledger", "funding.read"), ("funding:awards", "funding.read")
ENTRIES, INTEREST, CONTESTS = (
    (f"initiatives:programme_{name}", "initiatives.read") for name in ("entries", "interest", "contests")
)
ADMITTED, GIVEN = "?admitted=yes", "?revoked=no"


def who(telling: Telling) -> Part | None:
    """Initiatives, organisations, experts."""
    taken = telling.taken(ResultsPart.WHO)
    if not taken.get("initiatives"):
        return None
    n, coming, experts = taken["initiatives"], taken["organisations"], taken["experts"]
    initiatives, bank = ("initiatives:staff_list", "initiatives.read"), ("experts:bank", "experts.read")
    listed = telling.rows(*initiatives)
    sectors, states = dict(Sector.choices), dict(InitiativeState.choices)
    by_organisation = telling.rows(*initiatives, "?sort=organisation")
    figures = [
        figure("initiatives", ngettext("initiative accompanied", "initiatives accompanied", n), n, listed),
        figure("organisations", ngettext("organisation", "organisations", coming), coming, by_organisation),
    ]
    if experts and (telling.staff or experts >= FEW):
        label = ngettext("expert in the competence bank", "experts in the competence bank", experts)
        figures.append(figure("experts", label, experts, telling.rows(*bank, ADMITTED)))
    fields = [
        (in_language(title), able, telling.rows(*bank, f"{ADMITTED}&field={pk}"))
        for title, able, pk in taken["fields"]
    ]
    found = [
        counts("sectors", _("By sector"), _("Sector"), (
            (str(sectors.get(one, one)), count, telling.rows(*initiatives, f"?sector={one}"))
            for one, count in taken["sectors"].items()
        ), _("An initiative can work in several sectors.")),
        counts("tracks", _("By track"), _("Track"), (
            (one, count, telling.rows(*initiatives, f"?{urlencode({'track': one})}"))
            for one, count in taken["tracks"]
        )),
        counts("states", _("Where they stand"), _("State"), (
            (str(states[one]), taken["states"].get(one.value, 0), telling.rows(*initiatives, f"?state={one.value}"))
            for one in InitiativeState
        )),
        few_apart(telling, counts("fields", _("Experts by field"), _("Field"), fields,
                                  _("An expert can be of several fields."))),
    ]  # fmt: skip
    counted = _(
        "Every initiative that the programme has accompanied, whatever became of it, with the organisation "
        "whose it is. Experts are those whom the programme has admitted to its competence bank."
    )
    return Part("who", str(ResultsPart.WHO.label), counted, figures, [one for one in found if one.lines])


def change(telling: Telling) -> Part | None:
    """The needs analysis, first and last."""
    taken = telling.taken(ResultsPart.CHANGE)
    n = taken.get("initiatives", 0)
    if not n or (n < FEW and not telling.staff):
        return None
    told = [line for line in taken["lines"] if telling.staff or line["n"] >= FEW]
    first, second = pgettext("needs analysis", "Before"), pgettext("needs analysis", "After")
    listed = telling.rows("initiatives:needs_change", "initiatives.read")
    drawn = []
    for line in told:
        words = analysing.in_words(first, line["before"], second, line["after"])
        drawn.append(
            analysing.Line(
                in_language(line["title"]),
                "",
                Dumbbell(line["before"], line["after"], words),
                rows=listed,
                grew=f"{listed}?grew={line['pk']}" if listed and line.get("pk") else "",
            )
        )
    gap, strength = (Dumbbell.at(taken[name]) for name in ("gap_below", "strength_from"))
    profile = Drawn(first, second, gap, strength, drawn, compares=True, settled=False)
    better = sum(line["after"] > line["before"] for line in told)
    grew = ngettext("dimension that grew, of %(n)s", "dimensions that grew, of %(n)s", better)
    figures = [
        figure(
            "compared",
            ngettext("initiative analysed at least twice", "initiatives analysed at least twice", n),
            n,
            listed,
        ),
        figure("better", grew % {"n": len(told)}, better, listed),
    ]
    counted = _(
        "The mean of what teams and coaches agreed the first time and the last, from 0 to 100, over the "
        "initiatives that were analysed at least twice. No initiative's own values are told."
    )
    return Part("change", str(ResultsPart.CHANGE.label), counted, figures, profile=profile)


def contacts(telling: Telling) -> Part | None:
    """By kind and outcome, and what they brought."""
    taken = telling.taken(ResultsPart.CONTACTS)
    kinds = taken.get("kinds") or {}
    if not kinds:
        return None
    listed = ("initiatives:programme_contacts", "initiatives.read")
    every = sum(sum(one.values()) for one in kinds.values())
    won = sum(one.get(ContactState.WON.value, 0) for one in kinds.values())
    good = npgettext("contacts", "come to good", "come to good", won)
    figures = [
        figure("contacts", ngettext("contact made", "contacts made", every), every, telling.rows(*listed)),
        figure("won", good, won, telling.rows(*listed, f"?state={ContactState.WON.value}")),
    ]
    figures += [
        amount("brought", _("what came of them in money"), Decimal(total), currency,
               telling.rows(*listed, f"?state={ContactState.WON.value}"))
        for currency, total in taken["brought"]
    ]  # fmt: skip
    lines = []
    for kind in ContactKind:
        values = tuple(kinds.get(kind.value, {}).get(state.value, 0) for state in ContactState)
        if sum(values):
            shown = tuple(formats.number(one) for one in (*values, sum(values)))
            href = telling.rows(*listed, f"?kind={kind.value}")
            cells = [telling.rows(*listed, f"?kind={kind.value}&state={one.value}") for one in ContactState]
            links = tuple(link if n else "" for link, n in zip((*cells, href), (*values, 1), strict=True))
            lines.append(Line(str(kind.label), shown, (*values, sum(values)), href, links=links))
    head = (_("Kind"), *(str(state.label) for state in ContactState), _("All"))
    crossed = Breakdown("contacts", _("By kind and outcome"), head, lines, drawn=False)
    counted = _(
        "Contacts that the teams recorded with investors, partners, customers and other organisations, with what "
        "came of each. Whom they spoke with is never told."
    )
    return Part("contacts", str(ResultsPart.CONTACTS.label), counted, figures, [crossed])


def contest_line(telling: Telling, one: Mapping[str, Any]) -> Line:
    """One contest: its name leads to its page, its figures lead the staff to what they count."""
    values = tuple(one[name] for name in ("entrants", "jurors", "winners", "interest", "accepted"))
    of = f"?contest={one.get('pk', '')}"
    opened = (
        telling.rows(*ENTRIES, of),
        telling.rows("jury:panel", "jury.read", "?state=accepted", one["slug"]),
        telling.rows(*ENTRIES, f"{of}&winner=yes"),
        telling.rows(*INTEREST, of),
        telling.rows(*INTEREST, f"{of}&state={InterestState.ACCEPTED}"),
    )
    links = tuple(link if n else "" for link, n in zip(opened, values, strict=True))
    href = telling.to("calls:call", one["slug"])
    return Line(in_language(one["title"]), tuple(map(formats.number, values)), values, href, links=links)


def contests(telling: Telling) -> Part | None:
    """Contest by contest."""
    taken = [one for one in telling.taken(ResultsPart.CONTESTS) or [] if one["entrants"]]
    if not taken:
        return None
    held, entries, won = (
        len(taken),
        *(sum(one[name] for one in taken) for name in ("entrants", "winners")),
    )
    figures = [
        figure("contests", npgettext("results figure", "contest", "contests", held), held, telling.rows(*CONTESTS)),
        figure("entrants", npgettext("results figure", "entry", "entries", entries), entries,
               telling.rows(*ENTRIES)),
        figure("winners", npgettext("results figure", "winner", "winners", won), won,
               telling.rows(*ENTRIES, "?winner=yes")),
    ]  # fmt: skip
    lines = [contest_line(telling, one) for one in taken]
    head = (
        pgettext("results", "Contest"),
        pgettext("results", "Entries"),
        pgettext("results", "Jurors"),
        pgettext("results", "Winners"),
        _("Interest shown"),
        _("Interest accepted"),
    )
    crossed = Breakdown("contests", _("Contest by contest"), head, lines, drawn=False)
    counted = _(
        "Entries that were handed in and not taken back; winners as the published rankings name them; interest "
        "that jurors showed in an entrant, and how much of it the teams accepted."
    )
    return Part("contests", str(ResultsPart.CONTESTS.label), counted, figures, [crossed])


def stages(telling: Telling, reached: Sequence[Decimal], currency: str) -> Breakdown:
    """How far the money got: received, awarded, claimed, approved, paid."""
    said = (
        (pgettext("results", "Received"), AccountKind.INCOME.value),
        (pgettext("results", "Awarded"), "awarded"),
        (pgettext("results", "Claimed"), "asked"),
        (pgettext("results", "Approved"), "approved"),
        (pgettext("account", "Paid"), AccountKind.PAID.value),
    )
    most = max(reached) or Decimal(1)
    lines = [
        Line(str(label), (str(money.show(value, currency)),), (str(value),),
             telling.rows(*LEDGER, f"?account={lines_on}"), round(100 * value / most))
        for (label, lines_on), value in zip(said, reached, strict=True)
    ]  # fmt: skip
    return Breakdown(
        "standing", _("From what was received to what was paid"), (_("Stage"), _("Amount")), lines,
        note=_("Each stage holds those below it: what was paid was claimed and awarded before."),
    )  # fmt: skip


def few_grants_apart(kinds: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Grants of few students are told in one line with the other awards, that nobody reads what one student got."""
    words = dict(AwardKind.choices)
    sums = {name: str(sum(Decimal(one[name]) for one in kinds)) for name in ("given", "paid")}
    label = ", ".join(str(words.get(one["kind"], one["kind"])) for one in kinds)
    return [{"kind": "", "label": label, "n": sum(one["n"] for one in kinds), **sums}]


def awards_by_kind(telling: Telling, kinds: Sequence[Mapping[str, Any]], currency: str) -> Breakdown:
    """How many awards of each kind, what they gave and what was paid of it."""
    words = dict(AwardKind.choices)
    lines = [
        Line(
            one.get("label") or str(words.get(one["kind"], one["kind"])),
            (
                formats.number(one["n"]),
                *(str(money.show(Decimal(one[name]), currency)) for name in ("given", "paid")),
            ),
            (one["n"], one["given"], one["paid"]),
            telling.rows(*AWARDS, f"{GIVEN}&kind={one['kind']}"),
        )
        for one in kinds
    ]
    head = (_("Kind"), _("How many"), pgettext("results", "Given"), pgettext("account", "Paid"))
    note = said_together() if any("label" in one for one in kinds) else ""
    return Breakdown("awards", _("By kind of award"), head, lines, drawn=False, note=note)


def funds(telling: Telling) -> Part | None:
    """From what was received to what was paid; awards by kind."""
    taken = telling.taken(ResultsPart.MONEY)
    standing = {kind: Decimal(value) for kind, value in (taken.get("standing") or {}).items()}
    received = -standing.get(AccountKind.INCOME, Decimal(0))
    # What was paid had been approved, claimed and awarded before: each stage holds those after it.
    awarded, claimed, approved, paid = (
        sum((standing.get(kind, Decimal(0)) for kind in AWARDED[at:]), Decimal(0))
        for at in range(len(AWARDED))
    )
    if not awarded and not received:
        return None
    kinds, currency = taken["kinds"], taken["currency"]
    if not telling.staff and placed.few_grants(telling.taken(ResultsPart.PLACEMENTS)):
        if sum(one["n"] for one in kinds if one["kind"] != AwardKind.PLACEMENT) < FEW:
            return None  # the whole would tell what one student got
        kinds = few_grants_apart(kinds)
    n = sum(one["n"] for one in kinds)
    figures = [
        figure(
            "awards",
            npgettext("results figure", "award of money", "awards of money", n),
            n,
            telling.rows(*AWARDS, GIVEN),
        ),
        amount(
            "awarded",
            pgettext("results figure", "awarded"),
            awarded,
            currency,
            telling.rows(*LEDGER, "?account=awarded"),
        ),
        amount(
            "paid", pgettext("results figure", "paid"), paid, currency, telling.rows(*LEDGER, "?account=paid")
        ),
    ]
    counted = _(
        "Vouchers, prizes and grants as the ledger has them, in double entry: what was taken back is not counted "
        "as given, and what is claimed is not counted as paid until it is."
    )
    reached = (received, awarded, claimed, approved, paid)
    found = [stages(telling, reached, currency), awards_by_kind(telling, kinds, currency)]
    return Part("money", str(ResultsPart.MONEY.label), counted, figures, [one for one in found if one.lines])


def enterprises(telling: Telling) -> Part | None:
    """Who became an enterprise, and who goes on alone."""
    taken = telling.taken(ResultsPart.ENTERPRISES)
    if not taken.get("born") and not taken.get("independent"):
        return None
    listed = ("initiatives:staff_list", "initiatives.read")
    born, alone = taken["born"], taken["independent"]
    go_on = ngettext("initiative that goes on by itself", "initiatives that go on by themselves", alone)
    figures = [
        figure("born", ngettext("new enterprise", "new enterprises", born), born,
               telling.rows(*listed, "?state=spun_off")),
        figure("independent", go_on, alone, telling.rows(*listed, "?state=independent")),
    ]  # fmt: skip
    counted = _(
        "An enterprise counts once the programme has recorded which organisation was founded; an initiative goes "
        "on by itself once the programme says that it needs no more accompaniment."
    )
    return Part("enterprises", str(ResultsPart.ENTERPRISES.label), counted, figures)


TELLERS: dict[ResultsPart, Callable[[Telling], Part | None]] = {
    ResultsPart.WHO: who,
    ResultsPart.HELP: helped.hours_told,
    ResultsPart.PLACEMENTS: placed.placements_told,
    ResultsPart.CHANGE: change,
    ResultsPart.CONTACTS: contacts,
    ResultsPart.CONTESTS: contests,
    ResultsPart.MONEY: funds,
    ResultsPart.ENTERPRISES: enterprises,
}


def told(telling: Telling) -> list[Part]:
    """The parts that have something to tell, in their order; what the staff leaves out is told to nobody."""
    left_out = set(telling.results.left_out)
    found = [teller(telling) for part, teller in TELLERS.items() if part.value not in left_out]
    return [part for part in found if part is not None]
