"""The small world's part about placements: the expert is a student too, the other juror a university's tutor."""

from typing import Any

from tests.factories.funding import funded
from tests.factories.placing import (
    OfferFactory,
    PlacementFactory,
    PlacementInvitationFactory,
    PlacementRoundFactory,
    StudentFactory,
    TutorFactory,
    UniversityFactory,
    agreeing,
    hours,
    over,
    running,
    typed_agreement,
    typed_offer,
    typed_round,
    typed_student,
    wishes,
    with_curriculum,
)
from vivaio.experts.models import PlacementEvaluation
from vivaio.experts.placing.actions import matching
from vivaio.experts.placing.states import (
    HoursState,
    OfferState,
    PlacementRoundState,
    PlacementState,
    Side,
    StudentState,
)
from vivaio.kit import clock, tokens


def build(world: Any) -> None:
    """Rows of `world.rows` each, hung on the world by names that begin like this module's subject."""
    of = {"programme": world.programme}
    world.placing_university = UniversityFactory(name="Politecnico dimostrativo")
    TutorFactory(university=world.placing_university, person=world.people["other_juror"], **of)
    world.placing_tutor = TutorFactory(university=world.placing_university, **of)
    joining(world, of)
    matched(world, of)
    placed(world, of)


def student(world: Any, row: Any, **fields: Any) -> Any:
    """A student of the university, in this round."""
    return StudentFactory(round=row, university=world.placing_university, **fields)


def joining(world: Any, of: dict[str, Any]) -> None:
    """Rounds in preparation, open to offers and students; the expert has applied to one of them."""
    world.placing_draft = PlacementRoundFactory(state=PlacementRoundState.DRAFT, **of)
    world.placing_joined = PlacementRoundFactory(**of)
    world.placing_open = row = PlacementRoundFactory(**of)
    world.placing_own = with_curriculum(student(world, row, person=world.people["expert"]))
    for number in range(world.rows):
        world.placing_applied = student(world, row, state=StudentState.APPLIED)
        student(world, row)
        world.placing_offer = OfferFactory(round=row, initiative=world.initiative)
        world.placing_draft_offer = OfferFactory(
            round=row, initiative=world.initiative, state=OfferState.DRAFT
        )
        world.placing_asked = OfferFactory(
            round=row, initiative=world.other_initiative, state=OfferState.ASKED
        )
        world.placing_invitation = PlacementInvitationFactory(
            round=row, token_digest=tokens.digest(f"placing-{world.programme.pk}-{number}")
        )
        wishes(world.placing_applied, world.placing_offer)
    wishes(world.placing_own, world.placing_offer)


def matched(world: Any, of: dict[str, Any]) -> None:
    """A round whose matching is looked at."""
    world.placing_over = row = over(**of)
    for _number in range(world.rows):
        offer = OfferFactory(round=row, initiative=world.other_initiative)
        wishes(student(world, row), offer)
    world.placing_found = matching.compute(row, seen="", by=world.people["manager"])


def placed(world: Any, of: dict[str, Any]) -> None:
    """Placements of the expert with the applicant's initiative at each of their moments, and others beside them."""
    made = {}
    funded("5000.00", programme=world.programme, by=world.people["manager"], funder="Ente delle borse")
    for moment, make in (("proposed", PlacementFactory), ("agreeing", agreeing), ("running", running)):
        row = over(state=PlacementRoundState.SENT, **of)
        offer = OfferFactory(
            round=row, initiative=world.initiative, tutor=world.people["applicant"], grant="300.00"
        )
        own = student(world, row, person=world.people["expert"])
        made[moment] = make(round=row, offer=offer, student=own)
        for _number in range(world.rows):
            make(round=row, offer=offer, student=student(world, row))
    world.placing_proposed, world.placing_agreeing = made["proposed"], made["agreeing"]
    world.placing_running = made["running"]
    for number in range(world.rows):
        world.placing_hours = hours(world.placing_running, days=number + 1)
    world.placing_back = hours(
        world.placing_running, days=world.rows + 1, state=HoursState.SENT_BACK, words="Erano tre."
    )
    row = over(state=PlacementRoundState.SENT, **of)
    granted = OfferFactory(round=row, initiative=world.money_initiative, grant="300.00")
    world.placing_granted = running(round=row, offer=granted, student=student(world, row))
    world.placing_done = running(
        round=row,
        offer=OfferFactory(round=row, initiative=world.initiative),
        student=student(world, row, person=world.people["expert"]),
        state=PlacementState.DONE,
        ended_at=clock.now(),
    )
    PlacementEvaluation.objects.create(
        placement=world.placing_done, side=Side.INITIATIVE, grade=4, text="Bene."
    )


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    of = {"programme": world.programme.slug}
    names = (
        "placements",
        "placement_all",
        "placement_offers_all",
        "placement_round_new",
        "placement_tutors",
        "placement_university",
    )
    given: dict[str, dict[str, Any]] = dict.fromkeys(names, of)
    for name in ("placement_round", "placement_round_edit", "placement_students", "placement_offers"):
        given[name] = {"pk": world.placing_open.pk}
    given["placement_invite"] = {"pk": world.placing_open.pk}
    given["placement_matching"] = given["placement_send"] = {"pk": world.placing_over.pk}
    given["placement_list"] = {"pk": world.placing_running.round_id}
    given["placement_apply"] = {"pk": world.placing_joined.pk}
    given["placement_round_act"] = {"pk": world.placing_draft.pk, "act": "open"}
    given["placement_invited"] = {"token": f"placing-{world.programme.pk}-0"}
    given["placement_invitation_act"] = {"pk": world.placing_invitation.pk, "act": "cancel"}
    given["placement_tutor_dismiss"] = {"pk": world.placing_tutor.pk}
    for name in ("student", "student_edit", "curriculum", "wishes"):
        given[f"placement_{name}"] = {"pk": world.placing_own.pk}
    given["placement_student_act"] = {"pk": world.placing_applied.pk, "act": "vouch"}
    given["placement_tab"] = given["placement_offer_new"] = {"pk": world.initiative.pk}
    given["placement_offer"] = given["placement_ranks"] = {"pk": world.placing_offer.pk}
    given["placement_offer_edit"] = {"pk": world.placing_draft_offer.pk}
    given["placement_offer_act"] = {"pk": world.placing_asked.pk, "act": "publish"}
    running_one = {"pk": world.placing_running.pk}
    for name in ("placement", "placement_log", "placement_hours_paper"):
        given[name] = running_one
    given["placement_grant"] = {"pk": world.placing_granted.pk}
    for name in ("placement_agreement", "placement_agreement_paper"):
        given[name] = {"pk": world.placing_agreeing.pk}
    given["placement_act"] = {**running_one, "act": "confirm-all"}
    given["placement_hours_act"] = {**running_one, "entry": world.placing_hours.pk, "act": "confirm"}
    given["placement_hours_correct"] = {**running_one, "entry": world.placing_back.pk}
    given["placement_sign"] = {"pk": world.placing_agreeing.pk, "side": "initiative"}
    given["placement_evaluate"] = {"pk": world.placing_done.pk, "side": "student"}
    given["placement_answer"] = {"pk": world.placing_proposed.pk, "side": "student", "answer": "accept"}
    return {f"experts:{name}": arguments for name, arguments in given.items()}


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    letter = {"language": "it", "message": ""}
    given: dict[str, dict[str, Any]] = {
        "placement_round_new": typed_round(),
        "placement_round_edit": typed_round(title="Altro titolo"),
        "placement_invite": {"emails": "una@example.org, due@example.org", **letter},
        "placement_tutors": {
            "email": "tutor@example.org",
            "university": str(world.placing_university.pk),
            **letter,
        },
        "placement_university": {"name": "Ateneo nuovo", "municipality": "Lecco"},
        "placement_matching": {"seen": str(world.placing_found.pk)},
        "placement_send": {"seen": str(world.placing_found.pk)},
        "placement_apply": typed_student(world.placing_university),
        "placement_student_edit": typed_student(world.placing_university, course="Altro corso"),
        "placement_student_act": {"words": "La conosco."},
        "placement_wishes": {f"place_{world.placing_offer.pk}": "1"},
        "placement_offer_new": typed_offer(world.placing_open, world.people["applicant"]),
        "placement_offer_edit": typed_offer(world.placing_open, world.people["applicant"], title="Altra"),
        "placement_offer_act": {"words": "Bene."},
        "placement_ranks": {f"place_{world.placing_own.pk}": "1"},
        "placement_answer": {"words": "Volentieri."},
        "placement_agreement": typed_agreement(),
        "placement_sign": {"digest": world.placing_agreeing.agreement.digest},
        "placement_log": {"day": f"{clock.today():%Y-%m-%d}", "hours": "3", "what": "Un quaderno"},
        "placement_hours_act": {"words": ""},
        "placement_hours_correct": {"day": f"{clock.today():%Y-%m-%d}", "hours": "3", "what": "Una visita"},
        "placement_evaluate": {"grade": "5", "text": "Molto."},
        "placement_grant": {"document": "Determina 4/2026"},
    }
    return {f"experts:{name}": values for name, values in given.items()}
