"""Students are placed with initiatives: a matching that is stable, an agreement signed by three, a grant."""

from tests.journeys.growing import PROGRAMME, leader_of, signed_in
from tests.journeys.players import Player, Stage
from vivaio.blueprints.demo import people
from vivaio.blueprints.demo import placing as demo
from vivaio.experts.models import Placement, PlacementRound, UniversityTutor
from vivaio.experts.placing.states import PlacementState
from vivaio.funding.models import Award
from vivaio.initiatives.models import Initiative
from vivaio.people.models import Organisation
from vivaio.people.states import OrganisationKind
from vivaio.programmes.models import Programme, RoleHolding


def preferences_are_given(programme: Programme) -> PlacementRound:
    """Four initiatives offer a place each, six students come through their university; both sides have chosen."""
    university = Organisation.objects.create(name=demo.UNIVERSITY, kind=OrganisationKind.UNIVERSITY)
    tutor = people.account(*people.TUTOR.split(" ", 1))
    UniversityTutor.objects.create(programme=programme, university=university, person=tutor)
    RoleHolding.objects.create(programme=programme, person=tutor, role="university_tutor")
    row = demo.opened(programme)
    initiatives = Initiative.objects.filter(programme=programme).order_by("title")[: len(demo.WORK)]
    offers = [demo.offered(row, one, *work) for one, work in zip(initiatives, demo.WORK, strict=True)]
    demo.preferred([demo.joined(row, university, tutor, *one) for one in demo.STUDENTS], offers)
    return row


def students_are_matched(clara: Player, row: PlacementRound) -> None:
    """Computed, looked at, sent: nobody without preferences is placed, and no offer has more than its place."""
    clara.open(f"{PROGRAMME}placements/")
    clara.open(f"/placements/rounds/{row.pk}/matching/")
    clara.press("Compute and look")
    clara.told("What would be sent")
    assert not Placement.objects.exists()
    clara.press("Send to students and initiatives")
    assert Placement.objects.filter(round=row).count() == len(demo.WORK)


def three_sign_the_agreement(stage: Stage, clara: Player, row: PlacementRound) -> None:
    """Student and initiative accept, one writes what will be learnt, all three sign it, and the grant follows."""
    placement = Placement.objects.filter(round=row).select_related("student__person", "offer").first()
    address = f"/placements/{placement.pk}/"
    student = signed_in(stage, placement.student.person)
    leader = signed_in(stage, leader_of(placement.offer.initiative))
    tutor = signed_in(stage, people.account(*people.TUTOR.split(" ", 1)))
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
    clara.open(f"{address}grant/")
    clara.page.locator("[name=document]").fill("Determina 4/2021")
    clara.leave_by(clara.page.locator("main form button[type=submit]").last)
    assert Award.objects.get(kind="placement").amount == placement.offer.grant
