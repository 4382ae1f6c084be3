"""A needs analysis for tests: a questionnaire of two pages, two dimensions that feed on it, an open round."""

import datetime as dt

import factory

from tests.factories.initiatives import InitiativeFactory
from tests.factories.programmes import ProgrammeFactory
from tests.factories.questionnaires import FormFactory, FormVersionFactory, words
from vivaio.initiatives.models import Coach, Dimension, Interview, NeedsRound, NeedsSetup, Profile, Rating
from vivaio.initiatives.states import Level, ProfileState, RoundState
from vivaio.kit import clock
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.engine.definition import Choice, Definition, Question

SCALE = tuple(
    Choice(name, words(italian, english))
    for name, italian, english in (
        ("no", "Per niente", "Not at all"),
        ("little", "Poco", "A little"),
        ("some", "Abbastanza", "Some"),
        ("much", "Molto", "Much"),
        ("fully", "Del tutto", "Fully"),
    )
)


def scaled(name: str, italian: str, english: str) -> Question:
    return Question(name, "select_one", label=words(italian, english), choices="scale", required="true()")


NEEDS = Definition(
    title=words("Analisi dei bisogni", "Needs analysis"),
    languages=("it", "en"),
    lists={"scale": SCALE},
    questions=(
        Question(
            "money",
            "group",
            label=words("Conti e fondi", "Accounts and money"),
            children=(
                scaled("accounts", "I conti previsionali sono credibili?", "Are the forecasts credible?"),
                Question("months", "integer", label=words("Mesi di cassa", "Months of cash")),
                Question("worries", "text", label=words("Che cosa vi preoccupa?", "What worries you?")),
            ),
        ),
        Question(
            "people",
            "group",
            label=words("Chi vi conosce", "Who knows you"),
            children=(scaled("known", "Chi deve conoscervi vi conosce?", "Does whoever should know you?"),),
        ),
    ),
)
EVEN = {"no": 0, "little": 25, "some": 50, "much": 75, "fully": 100}
FEEDS = {
    "finance": [
        {"question": "accounts", "weight": 3, "points": EVEN},
        {"question": "months", "weight": 1, "low": "0", "high": "12"},
    ],
    "communication": [{"question": "known", "weight": 1, "points": EVEN}],
}
ANSWERED = {"accounts": "little", "months": 6, "worries": "I fondi.", "known": "fully"}


class DimensionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Dimension

    programme = factory.SubFactory(ProgrammeFactory)
    key = factory.Sequence(lambda n: f"dimensione-{n}")
    title = factory.Sequence(lambda n: f"Dimensione {n}")
    good = "Sappiamo che cosa serve."
    position = factory.Sequence(lambda n: n)


class RoundFactory(factory.django.DjangoModelFactory):
    """A round that is open, its answers due in a week."""

    class Meta:
        model = NeedsRound

    programme = factory.SubFactory(ProgrammeFactory)
    key = factory.Sequence(lambda n: f"momento-{n}")
    title = factory.Sequence(lambda n: f"All'ingresso {n}")
    state = RoundState.OPEN
    position = factory.Sequence(lambda n: n)
    due_at = factory.LazyFunction(lambda: clock.now() + dt.timedelta(days=7))


class ProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Profile

    initiative = factory.SubFactory(InitiativeFactory)
    round = factory.SubFactory(RoundFactory, programme=factory.SelfAttribute("..initiative.programme"))


class InterviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interview

    initiative = factory.SubFactory(InitiativeFactory)
    held_on = dt.date(2020, 10, 5)
    present = "Il gruppo di lavoro e chi lo accompagna"
    notes = factory.LazyFunction(lambda: {"finance": "Servono conti a tre anni."})
    agreed = "Cominciamo dai conti."


def set_up(programme) -> list[Dimension]:
    """The programme's questionnaire and two dimensions that feed on it."""
    form = FormFactory(programme=programme, key="bisogni", title="Analisi dei bisogni")
    FormVersionFactory(form=form, definition=NEEDS.to_dict())
    NeedsSetup.objects.update_or_create(programme=programme, defaults={"form": form})
    titles = {"finance": "Finanza", "communication": "Comunicazione"}
    return [
        DimensionFactory(programme=programme, key=key, field=key, title=titles[key], feeds=feeds, position=at)
        for at, (key, feeds) in enumerate(FEEDS.items())
    ]


def coached(initiative, person) -> Coach:
    return Coach.objects.create(initiative=initiative, person=person)


def answered(profile, side: str, answers=None, *, ready: bool = False):
    """The side's answers as they stand, without the actions that lead there."""
    version = profile.round.programme.needs_setup.form.current
    response = questionnaires.start_response(version, by=None)
    response.answers = dict(ANSWERED if answers is None else answers)
    response.save()
    setattr(profile, f"{side}_answers", response)
    if ready:
        setattr(profile, f"{side}_ready_at", clock.now())
        setattr(profile, f"{side}_points", {"finance": 31, "communication": 100})
    profile.save()
    return response


def compared(profile) -> Profile:
    """Both sides have handed in."""
    for side in ("team", "coach"):
        answered(profile, side, ready=True)
    profile.state = ProfileState.COMPARED
    profile.save()
    return profile


def agreed(profile, **values: int) -> Profile:
    """What was agreed, by the dimensions' keys; below 50 is a gap that needs ten hours."""
    profile.state, profile.agreed_at, profile.present = ProfileState.AGREED, clock.now(), "Tutte e tutti"
    profile.save()
    for one in Dimension.objects.filter(programme=profile.round.programme, key__in=values):
        points = values[one.key]
        level = Level.GAP if points < 50 else Level.STRENGTH if points >= 75 else Level.FAIR
        Rating.objects.create(
            profile=profile,
            dimension=one,
            title=one.title,
            field=one.field,
            points=points,
            level=level,
            hours=10 if level == Level.GAP else 0,
        )
    return profile
