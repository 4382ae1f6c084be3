"""The demo's needs analysis: teams and their coach answer, settle what they found, talk, and answer again later."""

import datetime as dt
import random

from vivaio.blueprints.demo.helping import led_by
from vivaio.initiatives.analysing import actions, arranging
from vivaio.initiatives.models import Dimension, Initiative, NeedsRound, Profile
from vivaio.initiatives.states import RoundState, Side
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires.changes import Change

FIRST, AGAIN = 60, 7  # days ago
CHOICES = ("not_at_all", "little", "enough", "much", "fully")
USUAL = (2, 1, 2, 3, 2, 2, 3, 4)  # which choices come up, and how often
GREW = (1, 0, 1, 0, 1, 0, 2)
PRESENT = "Il gruppo di lavoro e chi lo accompagna"
STRENGTHS = (
    "Conosciamo il quartiere porta per porta, e chi ci conosce porta altri.",
    "Due persone sanno fare bene il mestiere; il luogo c’è e non costa.",
    "Un gruppo che si vede ogni settimana da due anni, e una rete di botteghe amiche.",
    "Trenta soci che ci mettono ore, e un comune che ci ascolta.",
)
# What a team lacks most, by the dimension in which it gave itself least.
MISSING = {
    "technology": "Segniamo tutto su un quaderno: ci serve uno strumento semplice che usino anche i volontari.",
    "finance": "Non sappiamo se fra un anno i conti reggono: manca qualcuno che ci aiuti a farli.",
    "communication": "Chi ne avrebbe bisogno non sa che ci siamo.",
    "patents": "Altri ci chiedono il metodo e non sappiamo che cosa possiamo dare.",
    "marketing": "Non abbiamo mai chiesto a nessuno quanto pagherebbe.",
    "legal": "Lavoriamo con un accordo a voce: va scritto prima di crescere.",
}
INTERVIEWS = (
    (
        {
            "finance": "I conti li tiene una persona sola, la sera. Le entrate coprono l’affitto e metà del materiale; "
            "per le ore di chi insegna finora non c’è nulla.",
            "marketing": "Chi viene ad aggiustare torna: tre su quattro. Un listino non c’è.",
        },
        "Tre prezzi da provare per un mese; un primo piano a tre anni con chi della banca sa farlo.",
    ),
    (
        {
            "communication": "Le famiglie arrivano dal passaparola delle cascine. Il foglio lo leggono in pochi.",
            "legal": "Il gruppo di acquisto non ha uno statuto: decide chi c’è. In quaranta non basta più.",
        },
        "Una pagina sola da lasciare nelle botteghe; una bozza di regolamento entro il mese.",
    ),
)


def analyse(programme: Programme, initiatives: list[Initiative], coach: Person) -> None:
    """The blueprint's first round, answered by both sides and agreed; two of its conversations are written down."""
    for initiative in initiatives:
        actions.assign_coach(initiative, coach, by=coach)
    entrance = NeedsRound.objects.get(programme=programme)
    chance = random.Random(2022)  # noqa: S311 invented answers, the same at every run
    keys = list(Dimension.objects.filter(programme=programme).values_list("key", flat=True))
    said = [{key: chance.choice(USUAL) for key in keys} for _initiative in initiatives]
    played(entrance, initiatives, said, coach, FIRST)
    for initiative, (notes, agreed) in zip(initiatives, INTERVIEWS, strict=False):
        actions.record_interview(
            initiative, held_on=clock.today() - dt.timedelta(days=FIRST + 5), needs_round=entrance, notes=notes,
            present=f"{led_by(initiative)}, {coach}", agreed=agreed, by=coach,
        )  # fmt: skip


def again(programme: Programme, initiatives: list[Initiative], coach: Person) -> None:
    """A second round half-way, with those who have gone on: in some fields there is more, in others as much."""
    halfway = NeedsRound.objects.create(
        programme=programme, key="meta-percorso", title="A metà percorso", i18n={"title_en": "Half-way"}, position=1
    )  # fmt: skip
    said = []
    for number, initiative in enumerate(initiatives):
        first = Profile.objects.get(initiative=initiative, round__position=0)
        said.append(
            {
                key: min(4, value // 25 + GREW[(number + place) % len(GREW)])
                for place, (key, value) in enumerate(sorted(first.team_points.items()))
            }
        )
    played(halfway, initiatives, said, coach, AGAIN)


def played(
    row: NeedsRound, initiatives: list[Initiative], said: list[dict[str, int]], coach: Person, days: int
) -> None:
    """A round that opened two weeks before it closed; each side's answers, then what was settled."""
    then = clock.now() - dt.timedelta(days=days)
    row.state, row.opened_at, row.due_at = RoundState.OPEN, then - dt.timedelta(days=14), then
    row.save()
    dimensions = list(Dimension.objects.filter(programme=row.programme))
    for number, (initiative, team) in enumerate(zip(initiatives, said, strict=True)):
        profile = Profile.objects.create(round=row, initiative=initiative)
        seen = {key: beside(value, number + place) for place, (key, value) in enumerate(team.items())}
        with clock.rehearsing(then - dt.timedelta(days=9 - number % 4)):
            answered(profile, Side.TEAM, team, number, led_by(initiative))
        with clock.rehearsing(then - dt.timedelta(days=4)):
            answered(profile, Side.COACH, seen, number, coach)
        with clock.rehearsing(then - dt.timedelta(days=1)):
            settled(profile, dimensions, team, seen, coach)
    with clock.rehearsing(then):
        arranging.close_round(row, by=coach)


def beside(value: int, number: int) -> int:
    """What the coach sees: mostly the same, at times less or more."""
    return max(0, min(4, value + (0, -1, 0, 0, 1)[number % 5]))


def answered(profile: Profile, side: Side, said: dict[str, int], number: int, by: Person) -> None:
    """One side fills in the questionnaire and hands it in."""
    actions.start(profile, side, by=by)
    changes = [Change(key, CHOICES[value]) for key, value in said.items()]
    if side == Side.TEAM:
        least = min(said, key=lambda key: said[key])
        changes += [
            Change("strengths", STRENGTHS[number % len(STRENGTHS)]),
            Change("missing", MISSING[least]),
        ]
    actions.save(profile, side, changes, by=by)
    actions.hand_in(profile, side, by=by)


def settled(
    profile: Profile, dimensions: list[Dimension], team: dict[str, int], seen: dict[str, int], by: Person
) -> None:
    """Half-way between what the two sides said, with the hours that a gap asks for."""
    values = {}
    for one in dimensions:
        points = (team[one.key] + seen[one.key]) * 25 // 2
        values[one.pk] = (points, 8 + 4 * (points < 25) if points < 50 else 0)
    actions.agree(profile, values, present=PRESENT, words="", by=by)
