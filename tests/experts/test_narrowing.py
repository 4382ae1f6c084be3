"""Whom a large bank puts forward is whom weighing every expert would: the database only leaves the others out."""

import datetime as dt
import random
from collections import Counter

import numpy as np
import pytest
from django.utils.translation import override

from tests.factories.experts import CompetenceFactory, ExpertFieldFactory, asked_by, expert_in
from tests.factories.initiatives import InitiativeFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.experts import matching_pages, planning, reach, weighing
from vivaio.experts.actions import matching as actions
from vivaio.experts.fit import fit, in_words
from vivaio.experts.models import ExpertCompetence, ExpertProfile, ExpertRequest
from vivaio.experts.queries import matching as queries
from vivaio.experts.queries import requests as asked
from vivaio.experts.states import ProfileState, ProposalState
from vivaio.kit import clock
from vivaio.methods.hours import share
from vivaio.people.models import Person

pytestmark = pytest.mark.django_db
EXPERTS, MOST = 400, 12
NAMES = ("Ada", "ada", "Èlia", "Élodie", "Zoe", "d'Alba", "", " ")
AREAS = (
    "", "Milano", "Provincia di Forlì", "romagna", "Romano e dintorni", "MILANO e Monza", "Milano zona 4",
    "Alto Lazio", "Rimini, FORLÌ e Ravenna", "Reggio Calabria",
)  # fmt: skip
TERRITORIES = (
    "", "Milano", "Provincia di Forlì-Cesena", "Città metropolitana di Roma", "Romagna, tutta",
    "Trentino-Alto Adige", "Reggio nell’Emilia e Milano",
)  # fmt: skip
SECTORS = ("culture", "education", "environment")


def away(draw):
    """Spans of days, some over, some that overlap, some that hold the day when the work is needed."""
    begins = clock.today() + dt.timedelta(days=draw.choice((-90, -3, 0, 1, 10, 40, 55)))
    return [[begins.isoformat(), (begins + dt.timedelta(days=draw.choice((0, 1, 12, 30, 200)))).isoformat()]]


def bank(programme, competences, draw, experts=EXPERTS):
    """Experts of every kind, many of whom fit equally well."""
    people = Person.objects.bulk_create(
        Person(
            email=f"{draw.random()}-{n}@example.org",
            given_name=draw.choice(NAMES).strip(),
            family_name=draw.choice(NAMES).strip() and f"{draw.choice(NAMES).strip()} {n}",
        )
        for n in range(experts)
    )
    profiles = ExpertProfile.objects.bulk_create(
        ExpertProfile(
            programme=programme,
            person=person,
            state=draw.choice((ProfileState.CHECKED,) * 9 + (ProfileState.PAUSED,)),
            languages=draw.choice(({"it": "native"}, {"it": "B1", "de": "native"}, {"de": "C1"})),
            sectors=draw.sample(SECTORS, draw.randrange(3)),
            remote=draw.random() < 0.7,
            in_person=draw.random() < 0.6,
            hours_a_month=draw.choice((1, 3, 4, 8, 8)),
            area=draw.choice(AREAS),
            away=draw.choice(([], [], away(draw), away(draw) + away(draw))),
        )
        for person in people
    )
    ExpertCompetence.objects.bulk_create(
        ExpertCompetence(profile=profile, competence=one, level=draw.randrange(1, 4))
        for profile in profiles
        for one in draw.sample(competences, draw.randrange(4))
    )
    return profiles


@pytest.mark.parametrize("seed", range(6))
def test_the_first_are_those_of_the_whole_bank_in_the_same_order(seed):
    draw = random.Random(seed)
    programme = ProgrammeFactory()
    field = ExpertFieldFactory(programme=programme)
    competences = [CompetenceFactory(field=field) for _number in range(5)]
    profiles = bank(programme, competences, draw)
    wanted = draw.sample(competences, seed % 4)  # the first asks for none
    initiative = InitiativeFactory(
        programme=programme, sectors=draw.sample(SECTORS, seed % 3), territory=draw.choice(TERRITORIES)
    )
    made = asked_by(initiative, *wanted, level=1 + seed % 3, remote=bool(seed % 2))
    request = asked.requests().get(pk=made.pk)
    related = {one.person_id for one in draw.sample(profiles, 15)}
    near = {one.pk: (draw.uniform(-0.2, 1.0), "Scrive statuti.") for one in draw.sample(profiles, 40)}

    found = planning.suggestions(request, queries.candidates(programme), related, near, most=MOST)
    everybody = [
        (one, fit(request, one, near, related=one.person_id in related))
        for one in queries.candidates(programme)
    ]
    everybody.sort(
        key=lambda pair: (
            bool(pair[1].barred),
            not pair[1].declared,
            -pair[1].score,
            str(pair[0]),
            str(pair[0].pk),
        )
    )

    def proposed(pairs):
        return [pair for pair in pairs if pair[1].fits][:MOST]

    def tied(pairs):
        return [pair for pair in pairs if pair[1].barred == "related"]

    assert bool(proposed(everybody)) == bool(wanted)
    assert any(one.fits and not one.declared for _who, one in everybody) == bool(wanted)
    assert proposed(found) == proposed(everybody)
    assert tied(found) == tied(everybody)
    assert len(found) < len(everybody)


class Wanting:
    """A bank and requests of several initiatives, for some of its competences, with some of it tied to each."""

    def __init__(self, seed, requests, experts=EXPERTS):
        draw = random.Random(seed)
        self.programme = ProgrammeFactory()
        field = ExpertFieldFactory(programme=self.programme)
        competences = [CompetenceFactory(field=field) for _number in range(5)]
        self.profiles = bank(self.programme, competences, draw, experts)
        for number in range(requests):
            initiative = InitiativeFactory(
                programme=self.programme,
                sectors=draw.sample(SECTORS, draw.randrange(3)),
                territory=draw.choice(TERRITORIES),
            )
            wanted = draw.sample(competences, draw.randrange(1, 4))
            asked_by(
                initiative, *wanted, level=draw.randrange(1, 4), remote=draw.random() < 0.7,
                hours=draw.choice((3, 6, 14)), places=1 + number % 2,
            )  # fmt: skip
        self.requests = list(asked.open_in(self.programme).order_by("pk"))
        self.wanted = [one.places for one in self.requests]
        self.related = {one.pk: {p.person_id for p in draw.sample(self.profiles, 9)} for one in self.requests}
        self.closed = {
            (one.pk, p.pk) for one in self.requests for p in draw.sample(self.profiles, experts // 20)
        }
        self.near = {
            one.pk: {
                p.pk: (draw.uniform(-0.2, 1.0), "Scrive statuti.")
                for p in draw.sample(self.profiles, experts // 10)
            }
            for one in self.requests
        }
        self.experts = list(queries.candidates(self.programme).order_by("person__sort_name", "pk"))

    def weighed(self, near):
        """What `fit` says of every pair."""
        return [
            [
                fit(one, p, near.get(one.pk, {}), related=p.person_id in self.related[one.pk])
                for p in self.experts
            ]
            for one in self.requests
        ]


@pytest.mark.parametrize("seed", range(4))
def test_a_bank_weighed_column_by_column_fits_as_each_pair_does(seed):
    made = Wanting(seed, 5)
    found = weighing.bank_of(queries.candidates(made.programme), made.requests)
    assert found.keys == [one.pk for one in made.experts]
    for request, row in zip(made.requests, made.weighed(made.near), strict=True):
        score = weighing.scores(request, found, made.near[request.pk])
        assert [round(one, 4) for one in score.tolist()] == [float(one.score) for one in row]
        assert weighing.open_to(request, found, made.near[request.pk], made.related[request.pk]).tolist() == [
            one.fits for one in row
        ]
        able = [one.declared for one in row]
        assert weighing.declares(request, found).tolist() == able


@pytest.mark.parametrize("objective", ["fair", "total"])
@pytest.mark.parametrize(
    ("seed", "experts"), [(0, EXPERTS), (1, EXPERTS), (2, EXPERTS), (3, 25), (4, 25), (5, 25)]
)
def test_a_matching_of_those_who_may_be_needed_is_as_good_as_one_of_everybody(seed, experts, objective):
    made = Wanting(seed, 6, experts)
    weighed = made.weighed({})
    scores = np.array([[float(one.score) for one in row] for row in weighed])
    hours = np.array([one.monthly_hours for one in made.requests])
    allowed = [
        [
            one.fits
            and (request.pk, expert.pk) not in made.closed
            and reach.suffices(expert.free, reach.days_away(expert.away, request), request)
            for one, expert in zip(row, made.experts, strict=True)
        ]
        for request, row in zip(made.requests, weighed, strict=True)
    ]
    whole = share(
        scores, hours=hours, free=np.array([one.free for one in made.experts]), places=np.array(made.wanted),
        allowed=np.array(allowed), objective=objective,
    )  # fmt: skip
    (task, agent), *_rest = whole.pairs
    locked = {(made.requests[task].pk, made.experts[agent].pk)}  # one of the best: what it leaves is as good
    for kept in (set(), locked):
        inputs = planning.gathered(
            made.requests, queries.candidates(made.programme), made.related, made.closed, kept, made.wanted
        )
        assert experts < EXPERTS or inputs.allowed.sum() < np.array(allowed).sum() / 2
        found = planning.compute(inputs, objective)
        assert found.proved
        named = {(made.requests[one].pk, inputs.keys[other]) for one, other in found.pairs}
        assert kept <= named
        assert not named & made.closed
        assert figures(found, inputs.scores, objective) == figures(whole, scores, objective)


class Writers:
    """One request, one expert with its competence, one who writes about it, one who writes of other things."""

    def __init__(self, monkeypatch):
        self.programme = ProgrammeFactory()
        self.wanted, other = (
            CompetenceFactory(field=field) for field in [ExpertFieldFactory(programme=self.programme)] * 2
        )
        self.request = asked_by(InitiativeFactory(programme=self.programme), self.wanted, hours=6, level=3)
        self.able = expert_in(self.programme, self.wanted, level=1, in_person=False, remote=False)
        self.writer, self.stranger = (expert_in(self.programme, other) for _n in range(2))
        told = {self.writer.pk: (0.95, "Scrivo statuti."), self.stranger.pk: (0.1, "Coltivo pomodori.")}
        monkeypatch.setattr(planning, "near_to", lambda _request: told)
        self.manager = holder(self.programme, "community_manager")

    def compute(self, before=None):
        seen = str(before.pk) if before else ""
        given = {"objective": "total", "sends_next": True, "by": self.manager}
        return actions.compute(self.programme, seen=seen, **given)


def test_who_writes_about_it_is_suggested_below_whoever_has_the_competence(monkeypatch):
    made = Writers(monkeypatch)
    request = asked.requests().get(pk=made.request.pk)
    first, second = matching_pages.suggested(request)
    assert (first.profile, second.profile) == (made.able, made.writer), "though the second fits better"
    assert second.percent > first.percent
    assert second.undeclared
    assert not first.undeclared
    with override("it"):
        told = matching_pages.suggested(request)[1].reasons
    assert told[0] == "ne scrive, non ha dichiarato la competenza"
    assert "Scrivo statuti." in told[1]


def test_match_all_takes_who_only_writes_about_it_where_nobody_with_the_competence_is_free(monkeypatch):
    made = Writers(monkeypatch)
    found = made.compute()
    assert found.proposals.get().profile == made.able
    ExpertRequest.objects.update(places=3)
    found = made.compute(found)
    assert {one.profile for one in found.proposals.all()} == {made.able, made.writer}
    assert found.unserved == 1, "a passage of other things is no reason"
    ExpertProfile.objects.filter(pk=made.able.pk).update(hours_a_month=1)
    assert made.compute(found).proposals.get().profile == made.writer


def test_nobody_without_the_competence_is_asked_unless_a_person_looks(monkeypatch):
    made = Writers(monkeypatch)
    found = made.compute()
    actions.send_round(found, by=made.manager)
    actions.decline(found.proposals.get(), words="Non posso.", by=made.able.person)
    following = made.request.proposals.get(profile=made.writer)
    assert following.state == ProposalState.READY


def figures(found, scores, objective):
    """How many places are filled, the lowest fit, the requests of the busiest expert, the sum of fits."""
    fits = [scores[pair] for pair in found.pairs]
    fair = (
        (min(fits), max(Counter(agent for _task, agent in found.pairs).values()))
        if objective == "fair"
        else ()
    )
    return len(fits), *fair, round(sum(fits), 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Milano zona 4", "Milano"),
        ("Città metropolitana di Milano", "MILANO, Monza"),
        ("Reggio nell’Emilia", "Reggio Emilia"),
        ("Provincia di Forlì-Cesena", "Forlì"),
        ("Provincia di Forlì-Cesena", "Rimini, Forlì e dintorni, Ravenna"),
        ("Forlì-Cesena", "Forlì e Rimini"),
        ("La Spezia", "Comune della Spezia"),
        ("L'Aquila", "L’Aquila e dintorni"),
        ("Bergamo, Val Seriana", "Comuni della valle seriana"),
    ],
)
def test_a_place_is_the_same_where_the_shorter_name_is_in_the_longer(one, other):
    assert reach.is_near(one, reach.of_territory(other))
    assert reach.is_near(other, reach.of_territory(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Comuni della Valle Seriana", "Comune della Spezia"),
        ("L'Aquila e dintorni", "Padova e dintorni"),
        ("Reggio Emilia", "Reggio Calabria"),
        ("Milano nord", "Nord Sardegna"),
        ("Trentino-Alto Adige", "Alto Lazio"),
        ("Monte San Savino", "San Pietro in Monte"),
        ("Città di Castello", "Città della Pieve"),
        ("Roma", "Romano e dintorni"),
        ("Milano", ""),
    ],
)
def test_a_general_word_or_one_of_several_makes_no_place_the_same(one, other):
    assert not reach.is_near(other, reach.of_territory(one))
    assert not other or not reach.is_near(one, reach.of_territory(other))


def test_work_in_person_is_nearer_to_who_is_from_there_and_nobody_is_ruled_out():
    programme = ProgrammeFactory()
    competence = CompetenceFactory(field=ExpertFieldFactory(programme=programme))
    initiative = InitiativeFactory(programme=programme, territory="Città metropolitana di Milano")
    made = asked.requests().get(pk=asked_by(initiative, competence, remote=False).pk)
    there, elsewhere = (expert_in(programme, competence, area=area) for area in ("Milano, Monza", "Cosenza"))
    found = planning.suggestions(made, queries.candidates(programme), set(), {}, most=MOST)
    assert [one.pk for one, _fit in found] == [there.pk, elsewhere.pk]
    assert all(fits.fits for _one, fits in found)
    assert any("Milano, Monza" in one for one in in_words(found[0][1].reasons))
    assert not any("Cosenza" in one for one in in_words(found[1][1].reasons))
