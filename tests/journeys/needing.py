"""What each initiative lacks is found out with its coach, and the competence bank answers."""

import datetime as dt
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.factories.analysing import EVEN, NEEDS
from tests.factories.experts import asked_by, expert_in
from tests.factories.questionnaires import FormFactory, FormVersionFactory
from tests.journeys.growing import PROGRAMME, leader_of, signed_in
from tests.journeys.players import Player, Stage
from vivaio.blueprints.demo import people
from vivaio.blueprints.demo.grown import after
from vivaio.experts.actions import matching
from vivaio.experts.models import (
    Competence,
    Engagement,
    EngagementSession,
    ExpertField,
    ExpertProfile,
    ExpertRequest,
    Proposal,
)
from vivaio.experts.states import ProfileState, ProposalState, RequestState
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
    clara.open(f"{PROGRAMME}needs/rounds/add/")
    clara.fill({"Title": "All’ingresso"})
    clara.press("Prepare the round")
    due = clock.now() + dt.timedelta(days=9)
    clara.field("Answers are due by").fill(f"{due:%Y-%m-%dT%H:%M}")
    clara.press("Open the round")
    assert Profile.objects.filter(round__programme=programme).count() == 18


def both_sides_answer(stage: Stage, programme: Programme, leader: Player, chiara: Player) -> Profile:
    """The team and its coach answer apart, see each other's answers, and settle the profile together."""
    initiative = Initiative.objects.get(programme=programme, team__person__email=leader.email)
    coach = Person.objects.get(email=chiara.email)
    for one in Initiative.objects.filter(programme=programme):
        actions.assign_coach(one, coach, by=coach)
    leader.open(f"/initiatives/{initiative.pk}/needs/")
    answer(leader, "Poco", "Del tutto")
    chiara.open(f"/initiatives/{initiative.pk}/needs/")
    answer(chiara, "Not at all", "Some")
    chiara.open(f"/initiatives/{initiative.pk}/needs/")
    chiara.follow("Settle the profile")
    profile = Profile.objects.get(initiative=initiative)
    for number, one in enumerate(Dimension.objects.filter(programme=programme)):
        gap = one.key in ("finance", "legal")
        chiara.page.locator(f"[name=points-{one.key}]").fill("25" if gap else str(60 + number))
        chiara.page.locator(f"[name=hours-{one.key}]").fill("12" if gap else "0")
    chiara.fill({"Who was there": "Chi guida il gruppo e chi lo accompagna"})
    chiara.press("Freeze what was agreed")
    profile.refresh_from_db()
    assert profile.state == NeedsState.AGREED
    leader.open(f"/initiatives/{initiative.pk}/needs/")
    expect(leader.page.get_by_role("table").first).to_contain_text("25")
    return profile


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


def the_others_are_settled(programme: Programme, coach: Player) -> None:
    """The other seventeen, through the actions behind the same pages."""
    by = Person.objects.get(email=coach.email)
    dimensions = list(Dimension.objects.filter(programme=programme))
    for number, profile in enumerate(Profile.objects.exclude(state=NeedsState.AGREED)):
        for side, person in (("team", leader_of(profile.initiative)), ("coach", by)):
            actions.start(profile, side, by=person)
            actions.save(profile, side, [Change("accounts", "some"), Change("known", "some")], by=person)
            actions.hand_in(profile, side, by=person)
        values = {
            one.pk: (30, 8) if place in (number % 6, (number + 3) % 6) else (70, 0)
            for place, one in enumerate(dimensions)
        }
        actions.agree(profile, values, present="Il gruppo di lavoro e chi lo accompagna", words="", by=by)
    assert Profile.objects.filter(round__programme=programme, state=NeedsState.AGREED).count() == 18


def the_bank_is_gathered(stage: Stage, clara: Player, programme: Programme) -> Player:
    """Six fields came with the blueprint; eleven experts are known, one offers in the browser and is let in."""
    clara.open(f"{PROGRAMME}experts/")
    assert list(ExpertField.objects.filter(programme=programme).values_list("key", flat=True)) == FIELDS
    known = after()["experts"]
    for one in known[1:]:
        competences = Competence.objects.filter(field__programme=programme, field__key=one["field"])[:2]
        expert_in(
            programme, *competences, person=people.account(*one["name"].split(" ", 1)),
            languages=one["languages"], headline=one["headline"], hours_a_month=20,
        )  # fmt: skip
    marco = signed_in(stage, people.account(*known[0]["name"].split(" ", 1)))
    marco.open(f"{PROGRAMME}experts/join/")
    marco.page.locator("[name=headline]").fill(known[0]["headline"])
    marco.page.locator("[name=presentation]").fill("Piani economici di cooperative, da quindici anni.")
    marco.page.locator("[name=hours_a_month]").fill("16")
    finance = Competence.objects.filter(field__programme=programme, field__key="finance").first()
    marco.page.locator("[name=competence_1]").select_option(str(finance.pk))
    marco.page.locator("[name=evidence_1]").fill("Trenta piani a tre anni.")
    marco.page.locator("[name=language_1]").select_option("it")
    marco.leave_by(marco.page.locator("main form button[type=submit]").first)
    profile = ExpertProfile.objects.get(person__email=marco.email)
    clara.open(profile.get_absolute_url().removeprefix("/en").removeprefix("/it"))
    clara.press("Into the bank")
    profile.refresh_from_db()
    assert profile.state == ProfileState.CHECKED
    clara.open(f"{PROGRAMME}needs/")
    expect(clara.page.get_by_role("table").first).to_contain_text(clara.say("Covered"))
    return marco


def initiatives_ask(leader: Player, programme: Programme) -> None:
    """One asks in the browser, eleven others through their requests; the programme opens all."""
    initiative = Initiative.objects.get(programme=programme, team__person__email=leader.email)
    leader.open(f"/initiatives/{initiative.pk}/experts/ask/")
    leader.page.locator("[name=title]").fill("Un piano economico a tre anni")
    leader.page.locator("[name=purpose]").fill("Ci serve un piano che regga davanti a chi può finanziarci.")
    finance = Competence.objects.filter(field__programme=programme, field__key="finance").first()
    leader.page.locator("[name=competence_1]").select_option(str(finance.pk))
    leader.page.locator("[name=needed_by]").fill(f"{clock.today() + dt.timedelta(days=50):%Y-%m-%d}")
    leader.press("Send to the programme")
    leader.told("The programme reads it and looks for who can help you.")
    others = Initiative.objects.filter(programme=programme).exclude(pk=initiative.pk)[:11]
    for number, one in enumerate(others):
        key = FIELDS[number % len(FIELDS)]
        asked_by(one, Competence.objects.filter(field__programme=programme, field__key=key).first())


def all_are_matched_at_once(stage: Stage, clara: Player, marco: Player, programme: Programme) -> None:
    """Opened, computed, looked at, sent; one expert answers in the browser, the others through the action."""
    asked = ExpertRequest.objects.get(state=RequestState.ASKED)
    clara.open(f"/experts/requests/{asked.pk}/")
    clara.press("Open for matching")
    clara.open(f"{PROGRAMME}experts/matching/")
    clara.press("Compute and look")
    clara.told("What would be proposed")
    assert not Proposal.objects.filter(state=ProposalState.SENT).exists()
    clara.press("Send to the experts")
    sent = Proposal.objects.filter(state=ProposalState.SENT)
    assert sent.count() == ExpertRequest.objects.filter(state=RequestState.OPEN).count() == 12
    mine = sent.filter(profile__person__email=marco.email).first()
    marco.open(marco.link_in(str(mine.request), "/experts/proposals/"))
    marco.press("Accept to help")
    for one in sent.filter(state=ProposalState.SENT).select_related("profile__person"):
        matching.accept(one, revision=one.request.revision, by=one.profile.person)
    assert ExpertRequest.objects.filter(state=RequestState.MATCHED).count() == 12


def hours_are_given(stage: Stage, clara: Player, marco: Player, programme: Programme) -> None:
    """Who accepts has agreed, the team agrees too; a session is told by one, confirmed by the other, and counted."""
    engagement = Engagement.objects.get(person__email=marco.email)
    address = engagement.get_absolute_url().removeprefix("/it").removeprefix("/en")
    leader = signed_in(stage, leader_of(engagement.initiative))
    leader.open(address)
    leader.press("Agree to goal and hours")
    marco.open(address)
    marco.follow("Record a session that was held")
    marco.page.locator("[name=topic]").fill("I conti del primo anno")
    held = clock.now().astimezone(ZoneInfo(programme.time_zone)) - dt.timedelta(minutes=90)
    marco.page.locator("[name=day]").fill(f"{held:%Y-%m-%d}")
    marco.page.locator("[name=hour]").fill(f"{held:%H:%M}")
    marco.page.locator("[name=minutes]").select_option("90")
    marco.press("Record it")
    session = EngagementSession.objects.get()
    leader.open(session.get_absolute_url().removeprefix("/it").removeprefix("/en"))
    leader.leave_by(leader.page.locator("main .vv-next form button").first)
    clara.open(f"{PROGRAMME}experts/hours/value/")
    clara.page.locator("[name=amount]").fill("40")
    clara.leave_by(clara.page.locator("main form button[type=submit]").last)
    clara.open(f"{PROGRAMME}experts/hours/")
    clara.told("60.00")
