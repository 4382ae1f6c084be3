"""Two contests before forty experts: entering, the pitch day, scoring from a phone, the verdict."""

import datetime as dt
from decimal import Decimal

from playwright.sync_api import expect

from tests.factories.jury import AssignmentFactory, JurorFactory, scored
from tests.journeys.growing import leader_of, signed_in
from tests.journeys.players import Player, Stage
from tests.journeys.watch import NARROW
from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.blueprints.demo import people
from vivaio.calls import actions as publishing
from vivaio.calls.models import Call
from vivaio.initiatives.contesting import actions
from vivaio.initiatives.models import Initiative
from vivaio.jury.models import Juror, Panel, RankingEntry
from vivaio.jury.states import Outcome, PanelState
from vivaio.kit import clock
from vivaio.people.models import Person
from vivaio.programmes.models import Programme
from vivaio.questionnaires.changes import Change

JURY = 40
VOUCHER = Decimal("5000.00")
DAYS = {"opens_at": -1, "closes_at": 7, "scoring_opens_at": 8, "scoring_closes_at": 17}
IN_BOTH = ("Bianca Terzi", "Dario Conti", "Nives Galli")  # jurors who play in a browser
CONTESTS = ("contest-cooperative", "contest-spin-off")


def contests_open(clara: Player, programme: Programme) -> list[Call]:
    """The blueprint's two, for cooperatives and for spin-offs: the days and the voucher's worth are set, both open."""
    now, by = clock.now(), Person.objects.get(email=clara.email)
    for slug in CONTESTS:
        call = Call.objects.get(programme=programme, slug=slug)
        call.awards.update(amount=VOUCHER)
        days = {name: now + dt.timedelta(days=number) for name, number in DAYS.items()}
        Call.objects.filter(pk=call.pk).update(disclosure="everyone", reviews_each=JURY, **days)
        publishing.publish(Call.objects.get(pk=call.pk), by=by)
    return [Call.objects.get(programme=programme, slug=slug) for slug in CONTESTS]


def initiatives_enter(leader: Player, calls: list[Call], programme: Programme) -> None:
    """One enters and hands its dossier in by hand; the others through the actions behind the same pages."""
    mine = Initiative.objects.get(programme=programme, team__person__email=leader.email)
    leader.open(f"/initiatives/{mine.pk}/contests/")
    leader.press("Enter the contest", leader.page.locator("main li", has_text=calls[0].title))
    leader.page.locator("#q-title").fill("La portineria leggera")
    dossier(leader)
    for one in Initiative.objects.filter(programme=programme).exclude(pk=mine.pk).order_by("title"):
        cooperative = one.track_title == mine.track_title
        by, track = leader_of(one), calls[0 if cooperative else 1].tracks.get()
        entry = actions.enter(one, track, by=by)
        hand_in(entry.application, one.title, by)
    assert [call.applications.count() for call in calls] == [10, 8]


def dossier(leader: Player) -> None:
    """To the end of the page, declared and handed in."""
    leader.page.locator("#q-pitch").fill("Tre portinerie leggere, con chi abita nel cortile.")
    leader.press("Review and submit")
    leader.tick("We declare that what we wrote is true, and that we may apply for this applicant.")
    leader.tick("We have read the privacy notice.")
    leader.press("Hand in the application")


def hand_in(application: Application, title: str, by: Person) -> None:
    """The same without the browser."""
    answers = {"title": title, "pitch": "Quello che abbiamo provato in questi mesi."}
    applications.save(application, [Change(path, value) for path, value in answers.items()], by=by)
    applications.submit(application, by=by, declared=True, noticed=True)


def forty_experts_sit(stage: Stage, calls: list[Call]) -> list[Player]:
    """The contests close, everybody is eligible, forty experts sit in both juries; three are there themselves."""
    stage.at(calls[0].closes_at + dt.timedelta(hours=1))
    there = [people.account(*name.split(" ", 1)) for name in IN_BOTH]
    for call in calls:
        Application.objects.filter(call=call).update(state=ApplicationState.ADMITTED, decided_at=clock.now())
        Call.objects.filter(pk=call.pk).update(
            scoring_opens_at=clock.now(), scoring_closes_at=clock.now() + dt.timedelta(days=2)
        )
        panel, _new = Panel.objects.update_or_create(call=call, defaults={"state": PanelState.SCORING})
        for number in range(JURY):
            juror = JurorFactory(panel=panel, **({"person": there[number]} if number < len(there) else {}))
            for application in call.applications.all():
                AssignmentFactory(juror=juror, application=application)
    return [signed_in(stage, person) for person in there]


def the_pitch_day_is_announced(stage: Stage, clara: Player, call: Call) -> None:
    """When and where, the order drawn by public lots, announced: teams and jurors have a letter."""
    address = f"/calls/{call.programme.slug}/{call.slug}/jury/pitch/"
    clara.open(address)
    clara.page.locator("[name=starts_at]").fill(f"{clock.now() + dt.timedelta(hours=2):%Y-%m-%dT%H:%M}")
    clara.page.locator("[name=place]").fill("Auditorium di Cascina Triulza")
    clara.press("Save the day")
    clara.page.locator("[name=seed]").fill("12 7 44")
    clara.press("Draw the order")
    clara.press("Announce the day")
    anyone = stage.enter(language="it")
    anyone.open(f"/calls/{call.programme.slug}/{call.slug}/pitch/")
    expect(anyone.page.locator("main")).to_contain_text("Auditorium di Cascina Triulza")


def somebody_comes_to_listen(stage: Stage, clara: Player, call: Call) -> None:
    """The registration opens; somebody without an account asks for a place, confirms it by letter, and is let in."""
    address = f"/calls/{call.programme.slug}/{call.slug}/"
    clara.open(f"{address}jury/pitch/audience/")
    clara.page.locator("label[for=id_is_open]").click()
    clara.page.locator("[name=places]").fill("120")
    clara.leave_by(clara.page.locator("main form button[type=submit]").last)
    rosa = stage.enter("rosa.quinto@vivaio.example", "Rosa Quinto", "it")
    rosa.open(f"{address}pitch/register/")
    rosa.fill({"Name and surname": rosa.name, "E-mail": rosa.email})
    rosa.tick("I have read how my data are used.")
    rosa.leave_by(rosa.page.locator("main form button[type=submit]").last)
    rosa.open(rosa.link_in("/audience/", "/audience/"))
    rosa.press("Yes, I want to come")
    clara.open(f"{address}jury/pitch/audience/door/")
    clara.told(rosa.name)


def winners_are_called(stage: Stage, clara: Player, call: Call) -> None:
    """The stage shows who has won when the manager says so; the page that everybody follows tells it after."""
    address = f"/calls/{call.programme.slug}/{call.slug}/"
    won = RankingEntry.objects.get(ranking__call=call, outcome=Outcome.SELECTED)
    clara.open(f"{address}jury/pitch/awards/")
    clara.press("Lay the order")
    clara.follow("Go on stage")
    name = won.application.applicant_name
    expect(clara.page.locator(".vv-stage")).not_to_contain_text(name)
    clara.leave_by(clara.page.locator(".vv-stage-next"))
    expect(clara.page.locator(".vv-stage")).to_contain_text(name)
    anyone = stage.enter(language="it")
    anyone.open(f"{address}pitch/awards/")
    expect(anyone.page.locator("main")).to_contain_text(name)


def one_scores_from_a_phone(stage: Stage, bianca: Player, clara: Player, call: Call) -> None:
    """The board in the room fills as the sheet is scored, and shows no score before the manager wants it."""
    day = call.panel.pitch_day
    stage.at(day.starts_at + dt.timedelta(minutes=1))
    room = stage.enter(language="it")
    room.open(f"/jury/board/{day.screen}/")
    expect(room.page.locator("#board")).to_contain_text("Schede consegnate: 0 su 400")
    juror = Juror.objects.get(panel=call.panel, person__email=bianca.email)
    bianca.open(f"/jury/{call.panel.pk}/pitch/")
    bianca.page.set_viewport_size(NARROW)
    bianca.leave_by(bianca.page.locator("main .vv-next a.btn"))
    for key, value in (("impact", 5), ("sustainability", 4), ("telling", 4)):
        bianca.page.locator(f"label[for={identifier(bianca, key, value)}]").click()
    expect(bianca.page.locator("[data-vv-saved]")).to_contain_text(
        bianca.say("Saved at %(hour)s").split("%")[0]
    )
    expect(room.page.locator("#board")).to_contain_text("Schede consegnate: 1 su 400")
    assert juror.assignments.filter(state="done").count() == 1


def identifier(player: Player, key: str, value: int) -> str:
    """The id of a score's box."""
    box = player.page.locator(f"[name='score-{key}'][value='{value}']")
    return str(box.get_attribute("id"))


def the_others_score(call: Call) -> None:
    """The other sheets, so that nobody equals anybody."""
    for place, application in enumerate(call.applications.order_by("number")):
        sheets = application.assignments.exclude(state="done")
        for number, sheet in enumerate(sheets):
            scored(sheet, 5 if number >= 4 * place else 3, 4)


def the_verdict_is_public(stage: Stage, clara: Player, call: Call) -> None:
    """The day is over, the ranking computed, adopted and published: one winner."""
    address = f"/calls/{call.programme.slug}/{call.slug}/jury/"
    clara.open(f"{address}pitch/")
    clara.press("The day is over")
    clara.open(f"{address}progress/")
    clara.field("Why before its time?").fill("Every sheet is complete.")
    clara.press("Close the scoring")
    clara.open(f"{address}ranking/")
    clara.press("Compute the ranking now")
    clara.follow("Adopt the verdict")
    clara.press("Adopt the verdict")
    clara.open(f"{address}ranking/")
    clara.follow("Publish the ranking")
    clara.press("Publish the ranking")
