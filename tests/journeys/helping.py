"""The competence bank answers: experts come in, requests are matched, one declines, one helps to the end."""

import datetime as dt
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.factories.experts import asked_by, expert_in
from tests.journeys.growing import PROGRAMME, leader_of, signed_in
from tests.journeys.needing import FIELDS
from tests.journeys.players import Player, Stage
from vivaio.blueprints.demo import people
from vivaio.blueprints.demo.grown import after
from vivaio.experts.actions import matching
from vivaio.experts.engaging.actions import sessions, terms
from vivaio.experts.models import (
    Competence,
    Engagement,
    EngagementSession,
    ExpertField,
    ExpertProfile,
    ExpertRequest,
    MatchingRound,
    Proposal,
)
from vivaio.experts.states import EngagementState, ProfileState, ProposalState, RequestState, RoundState
from vivaio.initiatives.models import Initiative
from vivaio.kit import clock
from vivaio.programmes.models import Programme

NO = "In questi mesi seguo già tre gruppi."
HELD = "Abbiamo letto insieme il bilancio e scritto le prime tre righe del piano."


def the_bank_is_gathered(stage: Stage, clara: Player, programme: Programme) -> tuple[Player, Player]:
    """Six fields came with the blueprint; ten experts are known, one offers, one is invited; both are let in."""
    clara.open(f"{PROGRAMME}experts/")
    assert list(ExpertField.objects.filter(programme=programme).values_list("key", flat=True)) == FIELDS
    known = {one["name"]: one for one in after()["experts"]}
    offers, invited = known.pop("Marco Savini"), known.pop("Paola Rinaldi")
    for one in known.values():
        competences = Competence.objects.filter(field__programme=programme, field__key=one["field"])[:2]
        expert_in(
            programme, *competences, person=people.account(*one["name"].split(" ", 1)),
            languages=one["languages"], headline=one["headline"], hours_a_month=20,
        )  # fmt: skip
    marco = signed_in(stage, people.account(*offers["name"].split(" ", 1)))
    marco.open(f"{PROGRAMME}experts/join/")
    one_offers(marco, programme, offers, "Trenta piani a tre anni.")
    rinaldi = one_is_invited(stage, clara, invited["name"])
    one_offers(rinaldi, programme, invited, "Due campagne di quartiere.")
    for player in (marco, rinaldi):
        the_programme_checks(clara, player)
    clara.open(f"{PROGRAMME}needs/")
    expect(clara.page.get_by_role("table").first).to_contain_text(clara.say("Covered"))
    return marco, rinaldi


def one_is_invited(stage: Stage, clara: Player, name: str) -> Player:
    """A letter with a word from the programme; an account, and from there to the profile."""
    invited = stage.enter(people.address(*name.split(" ", 1)), name, "en")
    clara.open(f"{PROGRAMME}experts/invite/")
    clara.fill({"E-mail of the expert": invited.email, "A word from you": "You tell what others only do."})
    clara.field("Language of the letter").select_option("en")
    clara.press("Send the invitation")
    invited.open(invited.link_in("You tell what others only do.", "/experts/invitations/"))
    invited.told("You tell what others only do.")
    invited.follow("Create an account")
    invited.sign_up()
    return invited


def one_offers(player: Player, programme: Programme, entry: dict, evidence: str) -> None:
    """Who one is, one competence with what shows it, languages and hours; then it waits for the programme."""
    competence = Competence.objects.filter(field__programme=programme, field__key=entry["field"]).first()
    typed = {"headline": entry["headline"], "presentation": entry["headline"], "evidence_1": evidence}
    for name, value in {**typed, "hours_a_month": "20"}.items():
        player.page.locator(f"[name={name}]").fill(value)
    player.page.locator("[name=competence_1]").select_option(str(competence.pk))
    for number, language in enumerate(entry["languages"], start=1):
        player.page.locator(f"[name=language_{number}]").select_option(language)
    player.press("Send the profile")
    player.told(player.named(ProfileState.APPLIED))


def the_programme_checks(clara: Player, player: Player) -> None:
    """Read, and let in."""
    profile = ExpertProfile.objects.get(person__email=player.email)
    clara.open(profile.get_absolute_url().removeprefix("/en").removeprefix("/it"))
    clara.press("Into the bank")
    clara.told(clara.named(ProfileState.CHECKED))


def initiatives_ask(leader: Player, chiara: Player, programme: Programme) -> None:
    """One asks in the browser, and the community manager refines it; eleven others ask through their requests."""
    initiative = Initiative.objects.get(programme=programme, team__person__email=leader.email)
    leader.open(f"/initiatives/{initiative.pk}/experts/ask/")
    leader.page.locator("[name=title]").fill("Un piano economico a tre anni")
    leader.page.locator("[name=purpose]").fill("Ci serve un piano che regga davanti a chi può finanziarci.")
    finance = Competence.objects.filter(field__programme=programme, field__key="finance").first()
    leader.page.locator("[name=competence_1]").select_option(str(finance.pk))
    leader.page.locator("[name=needed_by]").fill(f"{clock.today() + dt.timedelta(days=50):%Y-%m-%d}")
    leader.press("Send to the programme")
    leader.told("The programme reads it and looks for who can help you.")
    it_is_refined(leader, chiara)
    others = Initiative.objects.filter(programme=programme).exclude(pk=initiative.pk)[:11]
    for number, one in enumerate(others):
        key = FIELDS[number % len(FIELDS)]
        asked_by(one, Competence.objects.filter(field__programme=programme, field__key=key).first())


def it_is_refined(leader: Player, chiara: Player) -> None:
    """More hours, and words in which an expert recognises the work; the team still reads what it had written."""
    asked = ExpertRequest.objects.get(state=RequestState.ASKED)
    address = f"/experts/requests/{asked.pk}/"
    chiara.open(address)
    chiara.follow("Change the request")
    chiara.page.locator("[name=title]").fill("Un piano economico a tre anni per tre portinerie")
    chiara.page.locator("[name=hours]").fill("14")
    chiara.press("Save the request")
    chiara.press("Open for matching")
    leader.open(address)
    leader.told("per tre portinerie")
    leader.page.get_by_text(leader.say("As the team wrote it")).click()
    expect(leader.page.locator("main details")).to_contain_text("Ci serve un piano che regga")


def computed(clara: Player) -> None:
    """Asked for; the worker works it out, and the page shows it by itself."""
    clara.press("Compute and look")
    clara.told("The matching is being worked out")
    matching.work_out(MatchingRound.objects.get(state=RoundState.COMPUTING).pk)
    expect(clara.page.locator("#working")).to_have_count(0, timeout=15_000)


def all_are_matched_at_once(clara: Player, rinaldi: Player, programme: Programme) -> None:
    """Worked out and looked at; one pair is locked and stays when it is worked out again; then all are sent."""
    clara.open(f"{PROGRAMME}experts/matching/")
    computed(clara)
    clara.told("What would be proposed")
    pair = clara.page.locator("main li", has_text=rinaldi.name)
    request = pair.get_by_role("link").first.inner_text()
    clara.press("Lock", pair.first)
    computed(clara)
    expect(pair.filter(has_text=request)).to_contain_text(clara.say("Locked"))
    assert not Proposal.objects.filter(state=ProposalState.SENT).exists()
    clara.press("Send to the experts")
    sent = Proposal.objects.filter(state=ProposalState.SENT)
    assert sent.count() == ExpertRequest.objects.filter(state=RequestState.OPEN).count() == 12


def experts_answer(clara: Player, marco: Player, rinaldi: Player) -> None:
    """One accepts, one declines and the next best is asked, both in the browser; the others through the action."""
    sent = Proposal.objects.filter(state=ProposalState.SENT).select_related("request", "profile__person")
    mine = sent.filter(profile__person__email=marco.email).first()
    marco.open(marco.link_in(str(mine.request.initiative), "/experts/proposals/"))
    marco.press("Accept to help")
    declined = sent.filter(profile__person__email=rinaldi.email).first()
    rinaldi.open(rinaldi.link_in(str(declined.request.initiative), "/experts/proposals/"))
    rinaldi.page.locator("[name=words]").fill(NO)
    rinaldi.press("Decline")
    clara.open(f"/experts/requests/{declined.request_id}/")
    clara.told(NO)
    following = Proposal.objects.get(request=declined.request, state=ProposalState.READY)
    clara.press("Send", clara.page.locator("main li", has_text=str(following.profile)).first)
    following.refresh_from_db()
    assert following.state == ProposalState.SENT
    assert following.profile_id != declined.profile_id
    for one in sent.all():
        matching.accept(one, revision=one.request.revision, by=one.profile.person)
    assert ExpertRequest.objects.filter(state=RequestState.MATCHED).count() == 12


def first_of(expert: Player) -> Engagement:
    """What the expert accepted first."""
    return Engagement.objects.filter(person__email=expert.email).earliest("created_at")


def hours_are_given(stage: Stage, clara: Player, marco: Player, programme: Programme) -> Player:
    """Who accepts has agreed, the team agrees too; a session is told by one, confirmed by the other, and counted."""
    # Whatever the hour at which this is played: what was held an hour and a half ago may have been held yesterday.
    yesterday = clock.today(programme.time_zone) - dt.timedelta(days=1)
    Engagement.objects.filter(state=EngagementState.TO_AGREE).update(starts_on=yesterday)
    engagement = first_of(marco)
    address = engagement.get_absolute_url().removeprefix("/it").removeprefix("/en")
    helped = signed_in(stage, leader_of(engagement.initiative))
    helped.open(address)
    helped.press("Agree to goal and hours")
    marco.open(address)
    marco.follow("Record a session that was held")
    marco.page.locator("[name=topic]").fill("I conti del primo anno")
    held = clock.now().astimezone(ZoneInfo(programme.time_zone)) - dt.timedelta(minutes=90)
    marco.page.locator("[name=day]").fill(f"{held:%Y-%m-%d}")
    marco.page.locator("[name=hour]").fill(f"{held:%H:%M}")
    marco.page.locator("[name=minutes]").select_option("90")
    marco.page.locator("[name=words]").fill(HELD)
    marco.press("Record it")
    session = EngagementSession.objects.get()
    helped.open(session.get_absolute_url().removeprefix("/it").removeprefix("/en"))
    helped.told(HELD)
    helped.leave_by(helped.page.locator("main .vv-next form button").first)
    clara.open(f"{PROGRAMME}experts/hours/value/")
    clara.page.locator("[name=amount]").fill("40")
    clara.leave_by(clara.page.locator("main form button[type=submit]").last)
    clara.open(f"{PROGRAMME}experts/hours/")
    clara.told("60.00")
    return helped


def others_are_helped_too(marco: Player) -> None:
    """Three other experts meet their teams for an hour, through the actions behind the same pages."""
    waiting = Engagement.objects.filter(state=EngagementState.TO_AGREE).exclude(person__email=marco.email)
    for one in waiting.order_by("person_id", "created_at").distinct("person_id")[:3]:
        leader = leader_of(one.initiative)
        terms.agree(one, revision=one.revision, by=leader)
        values = {"topic": "Il primo incontro", "starts_at": clock.now() - dt.timedelta(hours=1), "place": ""}
        told = sessions.record(one, values=values, minutes=60, words="", by=one.person)
        sessions.confirm(told, minutes=60, by=leader)


def both_say_how_it_went(marco: Player, helped: Player) -> None:
    """The expert proposes to end it, the team agrees; neither reads the other's word before giving its own."""
    engagement = first_of(marco)
    address = engagement.get_absolute_url().removeprefix("/it").removeprefix("/en")
    marco.open(address)
    marco.press("The work is done")
    helped.open(address)
    helped.press("Agree to end it here")
    engagement.refresh_from_db()
    assert engagement.state == EngagementState.ENDED
    evaluate(helped, "Ci ha insegnato a leggere i nostri conti.")
    marco.open(address)
    expect(marco.page.locator("main")).not_to_contain_text("Ci ha insegnato")
    evaluate(marco, "Un gruppo che arriva preparato.")
    marco.told("Ci ha insegnato a leggere i nostri conti.")
    helped.open(address)
    helped.told("Un gruppo che arriva preparato.")


def evaluate(player: Player, words: str) -> None:
    """Four sentences, how far each holds, and a few words."""
    player.follow("Say how it went")
    for name in ("goal", "part", "together", "again"):
        box = player.page.locator(f"[name={name}][value='4']")
        player.page.locator(f"label[for='{box.get_attribute('id')}']").click()
    player.page.locator("[name=words]").fill(words)
    player.leave_by(player.page.locator("main form button[type=submit]").last)
