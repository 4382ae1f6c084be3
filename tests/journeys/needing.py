"""What each initiative lacks is found out with its coach, and months later what has changed."""

import datetime as dt

from playwright.sync_api import expect

from tests.factories.analysing import EVEN, NEEDS
from tests.factories.questionnaires import FormFactory, FormVersionFactory
from tests.journeys.growing import PROGRAMME, leader_of
from tests.journeys.players import Player, Stage
from vivaio.initiatives.analysing import actions, arranging
from vivaio.initiatives.models import Dimension, Initiative, Profile
from vivaio.initiatives.states import ProfileState as NeedsState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires.changes import Change

FIELDS = ["technology", "finance", "communication", "patents", "marketing", "legal"]


def the_analysis_is_set_up(clara: Player, programme: Programme) -> None:
    """Six dimensions came with the blueprint; a questionnaire, an answer that counts, and the first round opens."""
    form = FormFactory(programme=programme, key="bisogni", title="Analisi dei bisogni")
    FormVersionFactory(form=form, definition=NEEDS.to_dict())
    clara.open(f"{PROGRAMME}needs/set-up/")
    clara.field("Questionnaire").select_option(label="Analisi dei bisogni")
    clara.press("Save the set-up")
    found = {one.key: one for one in Dimension.objects.filter(programme=programme)}
    assert list(found) == FIELDS
    person = Person.objects.get(email=clara.email)
    for key, question in (("finance", "accounts"), ("communication", "known")):
        said = {"question": question, "weight": 1, "points": EVEN}
        arranging.keep_feed(found[key], said, by=person)
    a_round_opens(clara, "All’ingresso")
    assert Profile.objects.filter(round__programme=programme).count() == 18


def a_round_opens(clara: Player, title: str) -> None:
    """Prepared, and opened for every initiative that goes on."""
    clara.open(f"{PROGRAMME}needs/rounds/add/")
    clara.fill({"Title": title})
    clara.press("Prepare the round")
    due = clock.now() + dt.timedelta(days=9)
    clara.field("Answers are due by").fill(f"{due:%Y-%m-%dT%H:%M}")
    clara.press("Open the round")


def both_sides_answer(stage: Stage, programme: Programme, leader: Player, chiara: Player) -> None:
    """The team and its coach answer apart, see each other's answers, and settle the profile together."""
    initiative = Initiative.objects.get(programme=programme, team__person__email=leader.email)
    coach = Person.objects.get(email=chiara.email)
    for one in Initiative.objects.filter(programme=programme):
        actions.assign_coach(one, coach, by=coach)
    leader.open(f"/initiatives/{initiative.pk}/needs/")
    answer(leader, "Poco", "Del tutto")
    chiara.open(f"/initiatives/{initiative.pk}/needs/")
    answer(chiara, "Not at all", "Some")
    they_settle(chiara, initiative, gaps={"finance": 25, "legal": 25})
    leader.open(f"/initiatives/{initiative.pk}/needs/")
    expect(leader.page.get_by_role("table").first).to_contain_text("25")


def they_settle(chiara: Player, initiative: Initiative, gaps: dict[str, int]) -> None:
    """Side by side with both answers, dimension by dimension: where it stands and how many hours are needed."""
    chiara.open(f"/initiatives/{initiative.pk}/needs/")
    chiara.follow("Settle the profile")
    for number, one in enumerate(Dimension.objects.filter(programme=initiative.programme)):
        points = gaps.get(one.key, 60 + number)
        chiara.page.locator(f"[name=points-{one.key}]").fill(str(points))
        chiara.page.locator(f"[name=hours-{one.key}]").fill("12" if points < 40 else "0")
    chiara.fill({"Who was there": "Chi guida il gruppo e chi lo accompagna"})
    chiara.press("Freeze what was agreed")
    assert not Profile.objects.filter(initiative=initiative).exclude(state=NeedsState.AGREED).exists()


def the_second_round_shows_the_change(clara: Player, leader: Player, chiara: Player) -> None:
    """Months later the same questions: the team sees what grew on its page, the programme on everybody's."""
    initiative = Initiative.objects.get(team__person__email=leader.email)
    a_round_opens(clara, "Dopo l’accompagnamento")
    leader.open(f"/initiatives/{initiative.pk}/needs/")
    answer(leader, "Del tutto", "Del tutto")
    chiara.open(f"/initiatives/{initiative.pk}/needs/")
    answer(chiara, "Some", "Fully")
    they_settle(chiara, initiative, gaps={"finance": 70, "legal": 25})
    leader.open(f"/initiatives/{initiative.pk}/needs/")
    finance = leader.page.get_by_role("row").filter(has_text="Finanza").first
    expect(finance).to_contain_text("25")
    expect(finance).to_contain_text("70 (+45)")
    the_others_are_settled(initiative.programme, chiara, most=4, grown=20)


def answer(player: Player, accounts: str, known: str) -> None:
    """One side's answers, page by page, handed in."""
    player.press("Begin to answer")
    for words in (accounts, known):
        choose(player, words)
        player.leave_by(player.page.locator("button[value=next]"))
    player.press("Hand in the answers")


def choose(player: Player, words: str) -> None:
    """The first box of the page that says so."""
    box = player.page.locator("main").get_by_label(words, exact=True).first
    player.page.locator(f"label[for='{box.get_attribute('id')}']").click()
    expect(box).to_be_checked()


def the_others_are_settled(programme: Programme, coach: Player, *, most: int = 17, grown: int = 0) -> None:
    """The others, as many as are told, through the actions behind the same pages."""
    by = Person.objects.get(email=coach.email)
    dimensions = list(Dimension.objects.filter(programme=programme))
    for number, profile in enumerate(Profile.objects.exclude(state=NeedsState.AGREED)[:most]):
        for side, person in (("team", leader_of(profile.initiative)), ("coach", by)):
            actions.start(profile, side, by=person)
            actions.save(profile, side, [Change("accounts", "some"), Change("known", "some")], by=person)
            actions.hand_in(profile, side, by=person)
        values = {
            one.pk: (30 + grown, 8) if place in (number % 6, (number + 3) % 6) else (70 + grown, 0)
            for place, one in enumerate(dimensions)
        }
        actions.agree(profile, values, present="Il gruppo di lavoro e chi lo accompagna", words="", by=by)
