"""Students are placed with initiatives: a matching that is stable, an agreement signed by three, hours, a grant."""

import datetime as dt

from playwright.sync_api import expect

from tests.journeys.growing import PROGRAMME, leader_of, signed_in
from tests.journeys.players import Player, Stage
from vivaio.blueprints.demo import people
from vivaio.blueprints.demo import placing as demo
from vivaio.experts.models import (
    OfferRank,
    Placement,
    PlacementOffer,
    PlacementRound,
    PlacementStudent,
    StudentWish,
    UniversityTutor,
)
from vivaio.experts.placing.actions import placements
from vivaio.experts.placing.states import HoursState, PlacementState
from vivaio.funding.models import Award
from vivaio.initiatives.models import Initiative
from vivaio.kit import clock
from vivaio.people.models import Organisation, Person
from vivaio.people.states import OrganisationKind
from vivaio.programmes.models import Programme, RoleHolding

DONE = "Dodici interviste in tre cortili"


def preferences_are_given(stage: Stage, programme: Programme) -> PlacementRound:
    """Four initiatives offer a place each, six students come through their university; both sides choose."""
    university = Organisation.objects.create(name=demo.UNIVERSITY, kind=OrganisationKind.UNIVERSITY)
    tutor = people.account(*people.TUTOR.split(" ", 1))
    UniversityTutor.objects.create(programme=programme, university=university, person=tutor)
    RoleHolding.objects.create(programme=programme, person=tutor, role="university_tutor")
    row = demo.opened(programme)
    initiatives = Initiative.objects.filter(programme=programme).order_by("title")[: len(demo.WORK)]
    offers = [demo.offered(row, one, *work) for one, work in zip(initiatives, demo.WORK, strict=True)]
    students = [demo.joined(row, university, tutor, *one) for one in demo.STUDENTS]
    demo.preferred(students, offers)
    row.preferences_until = clock.now() + dt.timedelta(hours=3)
    row.save()
    a_student_chooses(signed_in(stage, students[0].person), students[0], offers)
    a_team_chooses(signed_in(stage, leader_of(offers[0].initiative)), offers[0], students)
    stage.at(row.preferences_until + dt.timedelta(minutes=1))
    return row


def a_student_chooses(player: Player, student: PlacementStudent, offers: list[PlacementOffer]) -> None:
    """Two offers in one's own order; what is left without a place is not wanted."""
    StudentWish.objects.filter(student=student).delete()
    player.open("/placements/mine/")
    player.open(f"/placements/students/{student.pk}/")
    player.follow("Say which placements you would like")
    for place, offer in enumerate((offers[2], offers[0]), start=1):
        player.page.locator(f"[name='place_{offer.pk}']").select_option(str(place))
    player.press("Save the preferences")
    player.open(f"/placements/students/{student.pk}/")
    expect(player.part("Preferences").get_by_role("listitem")).to_contain_text(
        [offers[2].title, offers[0].title]
    )


def a_team_chooses(player: Player, offer: PlacementOffer, students: list[PlacementStudent]) -> None:
    """Two students whom the team would like, in order; it does not read whom they would like."""
    OfferRank.objects.filter(offer=offer).delete()
    player.open(f"/placements/offers/{offer.pk}/")
    player.follow("Say which students you would like")
    for place, student in enumerate((students[1], students[0]), start=1):
        player.page.locator(f"[name='place_{student.pk}']").select_option(str(place))
    player.press("Save the preferences")
    assert list(
        OfferRank.objects.filter(offer=offer).order_by("position").values_list("student", flat=True)
    ) == [
        students[1].pk,
        students[0].pk,
    ]


def students_are_matched(clara: Player, row: PlacementRound) -> None:
    """Computed, looked at, sent: nobody without preferences is placed, and no offer has more than its place."""
    clara.open(f"{PROGRAMME}placements/")
    clara.open(f"/placements/rounds/{row.pk}/matching/")
    clara.press("Compute and look")
    clara.told("What would be sent")
    assert not Placement.objects.exists()
    clara.press("Send to students and initiatives")
    assert Placement.objects.filter(round=row).count() == len(demo.WORK)


def a_placement_is_lived(stage: Stage, clara: Player, row: PlacementRound) -> None:
    """One from the first yes to the tutor's word, in the browser; the others and their grants through the actions."""
    placement, *others = Placement.objects.filter(round=row).select_related("student__person", "offer")
    sides = (
        signed_in(stage, placement.student.person),
        signed_in(stage, leader_of(placement.offer.initiative)),
        signed_in(stage, people.account(*people.TUTOR.split(" ", 1))),
    )
    three_sign_the_agreement(placement, *sides)
    the_grant_is_an_award(clara, placement)
    hours_are_written_and_confirmed(placement, *sides)
    tutor, by = people.account(*people.TUTOR.split(" ", 1)), Person.objects.get(email=clara.email)
    for one in others:
        demo.both_accept(one)
        demo.run(demo.agreed_on(one), tutor)
        placements.grant(one, document="Determina 5/2021", by=by)


def three_sign_the_agreement(placement: Placement, student: Player, leader: Player, tutor: Player) -> None:
    """Student and initiative accept, one writes what will be learnt, all three sign it."""
    address = f"/placements/{placement.pk}/"
    for player in (student, leader):
        player.open(address)
        player.press("Accept")
    leader.open(address)
    leader.follow("Write the agreement")
    leader.page.locator("[name=university_tutor]").fill(tutor.name)
    leader.leave_by(leader.page.locator("main form button[type=submit]").last)
    for player in (student, leader, tutor):
        player.open(address)
        player.press("Sign")
    placement.refresh_from_db()
    assert placement.state == PlacementState.RUNNING
    student.open(address)
    paper = student.link("Learning agreement (PDF)").get_attribute("href")
    assert student.context.request.get(paper).body().startswith(b"%PDF-")


def the_grant_is_an_award(clara: Player, placement: Placement) -> None:
    """By a decree: an award like any other, and a line of the ledger."""
    clara.open(f"/placements/{placement.pk}/grant/")
    clara.page.locator("[name=document]").fill("Determina 4/2021")
    clara.leave_by(clara.page.locator("main form button[type=submit]").last)
    assert Award.objects.get(kind="placement").amount == placement.offer.grant
    clara.open(f"{PROGRAMME}ledger/")
    clara.told("900.00")


def hours_are_written_and_confirmed(
    placement: Placement, student: Player, leader: Player, tutor: Player
) -> None:
    """The student writes a day, the initiative confirms it and says that it is over; the tutor says how it went."""
    address = f"/placements/{placement.pk}/"
    student.open(address)
    student.page.locator("[name=day]").fill(f"{clock.today():%Y-%m-%d}")
    student.page.locator("[name=hours]").fill("6")
    student.page.locator("[name=what]").fill(DONE)
    student.press("Write the hours")
    leader.open(address)
    leader.told(DONE)
    leader.press("Confirm every hour that waits")
    expect(leader.page.locator("main li", has_text=DONE)).to_contain_text(leader.named(HoursState.CONFIRMED))
    leader.press("The placement is completed")
    tutor.open(address)
    tutor.follow("Say how it went")
    box = tutor.page.locator("[name=grade]").last
    tutor.page.locator(f"label[for='{box.get_attribute('id')}']").click()
    tutor.fill({"In words": "Ha imparato a chiedere prima di proporre."})
    tutor.leave_by(tutor.page.locator("main form button[type=submit]").last)
    student.open(address)
    student.told("Ha imparato a chiedere prima di proporre.")
    student.told(student.named(PlacementState.DONE))
