"""The small world's part about the competence bank: experts, requests, matching, engagements."""

import datetime as dt
from typing import Any

from tests.factories.experts import (
    BankFactory,
    CompetenceFactory,
    EngagementFactory,
    ExpertFieldFactory,
    ExpertInvitationFactory,
    ProposalFactory,
    SessionFactory,
    asked_by,
    confirmed,
    expert_in,
    told,
    wish,
    written,
)
from tests.factories.programmes import PartnerFactory
from vivaio.experts.models import EngagementStep, MatchingRound
from vivaio.experts.states import (
    EndedHow,
    EngagementState,
    ProfileState,
    ProposalState,
    RequestState,
    RoundState,
    Side,
    StepKind,
)
from vivaio.kit import clock, tokens


def build(world: Any) -> None:
    """Rows of `world.rows` each, hung on the world by names that begin like this module's subject."""
    bank(world)
    matching(world)
    engaging(world)


def bank(world: Any) -> None:
    """Fields, competences (one unused), checked experts, the expert's own profile, one to check, invitations."""
    BankFactory(programme=world.programme)
    fields = [ExpertFieldFactory(programme=world.programme) for _number in range(world.rows)]
    world.experts_competences = [CompetenceFactory(field=field) for field in fields]
    for field in fields:
        world.experts_unused = CompetenceFactory(field=field)
    world.experts_profile = expert_in(
        world.programme, *world.experts_competences[:3], person=world.people["expert"], sectors=["culture"]
    )
    for number in range(world.rows):
        world.experts_other = expert_in(world.programme, *world.experts_competences[:3])
        world.experts_applied = expert_in(
            world.programme, world.experts_competences[0], state=ProfileState.APPLIED
        )
        world.experts_invitation = ExpertInvitationFactory(
            programme=world.programme, token_digest=tokens.digest(f"experts-{world.programme.pk}-{number}")
        )


def matching(world: Any) -> None:
    """Requests of the applicant's initiative, a round that is looked at, and what was sent to the expert."""
    known = world.experts_competences[:2]
    looked_at = {"state": RoundState.PREVIEW, "made_by": world.people["manager"]}
    found = MatchingRound.objects.create(programme=world.programme, **looked_at)
    for _number in range(world.rows):
        world.experts_request = asked_by(world.initiative, *known, places=3)
        ProposalFactory(request=world.experts_request, profile=expert_in(world.programme, *known))
        asked_by(world.initiative, *known, state=RequestState.DRAFT)
        ProposalFactory(
            request=world.experts_request, profile=world.experts_other, state=ProposalState.DECLINED
        )
        world.experts_ready = ProposalFactory(
            request=world.experts_request, profile=expert_in(world.programme, *known), round=found,
            state=ProposalState.READY, sent_at=None,
        )  # fmt: skip
        ProposalFactory(
            request=world.experts_request, profile=expert_in(world.programme, *known), sent_at=None,
            state=ProposalState.READY,
        )  # fmt: skip
        sent = asked_by(world.initiative, *known)
        ProposalFactory(request=sent, profile=expert_in(world.programme, *known), state=ProposalState.LAPSED)
        alone = asked_by(world.initiative, *known)
        ProposalFactory(request=alone, profile=expert_in(world.programme, *known), state=ProposalState.LAPSED)
        world.experts_proposal = ProposalFactory(request=sent, profile=world.experts_profile)
    world.experts_round = found
    world.experts_spare = expert_in(world.programme, *known)
    world.experts_asked = asked_by(world.initiative, *known, state=RequestState.ASKED)


def engaging(world: Any) -> None:
    """Engagements of the expert with the applicant's initiative in each state, sessions in each of theirs."""
    person, competence = world.experts_profile.person, world.experts_competences[0]
    own = {"person": person, "competence": competence, "partner": PartnerFactory(programme=world.programme)}
    running = EngagementFactory(request=asked_by(world.initiative, competence), **own)
    world.experts_running = running
    for number in range(world.rows):
        request = asked_by(world.initiative, competence)
        world.experts_to_agree = EngagementFactory(
            request=request, state=EngagementState.TO_AGREE, team_agreed_at=None, begun_at=None, **own
        )
        world.experts_ended = EngagementFactory(
            request=request, state=EngagementState.ENDED, ended_on=clock.today(), ended_how=EndedHow.DONE,
            evaluate_until=clock.today() + dt.timedelta(days=10), **own,
        )  # fmt: skip
        world.experts_session = SessionFactory(engagement=running)
        EngagementStep.objects.create(
            engagement=running, person=person, side=Side.EXPERT, kind=StepKind.NOTE, text="Una nota."
        )
        world.experts_told = told(running, days=3 * number + 2)
        step = {"engagement": running, "person": person, "side": Side.EXPERT, "minutes": 90}
        EngagementStep.objects.create(session=world.experts_told, kind=StepKind.TOLD, **step)
        world.experts_confirmed = confirmed(running, days=3 * number + 3)
        other = expert_in(world.programme, competence)
        elsewhere = EngagementFactory(
            request=asked_by(world.other_initiative, competence), person=other.person, competence=competence,
            partner=PartnerFactory(programme=world.programme),
        )  # fmt: skip
        confirmed(elsewhere)


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    of = {"programme": world.programme.slug}
    given: dict[str, dict[str, Any]] = {
        f"experts:{name}": of for name in ("bank", "listed", "lay_out", "join", "invite")
    }
    given["experts:fields"] = given["experts:field_add"] = of
    for name in ("field", "competence_add"):
        given[f"experts:{name}"] = {"pk": world.experts_competences[0].field_id}
    given["experts:act_on_field"] = {"pk": world.experts_competences[0].field_id, "act": "retire"}
    given["experts:competence"] = {"pk": world.experts_unused.pk}
    given["experts:act_on_competence"] = {"pk": world.experts_unused.pk, "act": "remove"}
    given["experts:invitation"] = {"token": f"experts-{world.programme.pk}-0"}
    given["experts:invitation_act"] = {**of, "pk": world.experts_invitation.pk, "act": "cancel"}
    given["experts:profile"] = {"pk": world.experts_profile.pk}
    given["experts:edit"] = {"pk": world.experts_profile.pk}
    given["experts:act"] = {"pk": world.experts_applied.pk, "act": "check"}
    for name in ("requests", "matching", "send_round"):
        given[f"experts:{name}"] = of
    given["experts:tab"] = given["experts:ask"] = {"pk": world.initiative.pk}
    given["experts:request"] = {"pk": world.experts_request.pk}
    given["experts:edit_request"] = {"pk": world.experts_request.pk}
    given["experts:act_on_request"] = {"pk": world.experts_asked.pk, "act": "withdraw"}
    given["experts:propose"] = {"pk": world.experts_request.pk, "profile": world.experts_profile.pk}
    given["experts:adjust"] = {"pk": world.experts_ready.pk, "act": "lock"}
    given["experts:instead"] = {"pk": world.experts_ready.pk}
    given["experts:proposal"] = {"pk": world.experts_proposal.pk}
    for name in ("engagements", "hours", "given", "hour_value"):
        given[f"experts:{name}"] = of
    for name in ("note", "end", "extend", "ics"):
        given[f"experts:engagement_{name}"] = {"pk": world.experts_running.pk}
    for name in ("engagement", "session_propose", "session_record"):
        given[f"experts:{name}"] = {"pk": world.experts_running.pk}
    for name in ("terms", "drop"):
        given[f"experts:engagement_{name}"] = {"pk": world.experts_to_agree.pk}
    given["experts:act_on_engagement"] = {"pk": world.experts_to_agree.pk, "act": "agree"}
    given["experts:engagement_evaluate"] = {"pk": world.experts_ended.pk}
    for name in ("session_accept", "session_move", "session_cancel", "session_ics"):
        given[f"experts:{name}"] = {"pk": world.experts_session.pk}
    for name in ("session", "session_tell", "session_confirm", "session_note"):
        given[f"experts:{name}"] = {"pk": world.experts_told.pk}
    given["experts:answer"] = {"pk": world.experts_proposal.pk, "answer": "accept"}
    return given


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    return {
        "experts:join": written(world.experts_competences[0]),
        "experts:edit": written(world.experts_competences[0], headline="Altro"),
        "experts:field": {"title": "Un altro nome", "title_en": "Another name"},
        "experts:field_add": {"title": "Nuovo campo", "title_en": ""},
        "experts:competence": {"title": "Un altro titolo", "title_en": "Another title"},
        "experts:competence_add": {"title": "Nuova competenza", "title_en": ""},
        "experts:invite": {"email": "nuova@example.org", "language": "it", "message": ""},
        "experts:act": {"words": "Bene."},
        "experts:ask": wish(world.experts_competences[0]),
        "experts:edit_request": wish(world.experts_competences[0], title="Precisata"),
        "experts:matching": {"objective": "fair", "seen": str(world.experts_round.pk)},
        "experts:send_round": {"seen": str(world.experts_round.pk)},
        "experts:instead": {"profile": str(world.experts_spare.pk)},
        "experts:answer": {"words": "Volentieri.", "revision": world.experts_proposal.request.revision},
        **engaged(world),
    }


def engaged(world: Any) -> dict[str, dict[str, Any]]:
    """What either side of an engagement would send."""
    today = clock.today()
    later = f"{today + dt.timedelta(days=70)}"
    marks = dict.fromkeys(("goal", "part", "together", "again"), "3")
    ahead = {
        "topic": "Altro",
        "day": f"{today + dt.timedelta(days=9)}",
        "hour": "10:00",
        "planned_minutes": "60",
    }
    held = {"topic": "Ieri", "day": f"{today - dt.timedelta(days=1)}", "hour": "10:00", "minutes": "30"}
    return {
        "experts:hour_value": {"amount": "35,00", "currency": "EUR"},
        "experts:engagement_terms": {
            "goal": "Altro.", "agreed_minutes": "9", "starts_on": f"{today}", "ends_on": later, "words": "",
        },
        "experts:engagement_drop": {"words": "Non serve più."},
        "experts:engagement_end": {"words": "Non serve più."},
        "experts:engagement_extend": {"minutes": "2", "ends_on": later, "words": "Manca poco."},
        "experts:engagement_evaluate": marks | {"words": ""},
        "experts:engagement_note": {"words": "Ancora una nota."},
        "experts:act_on_engagement": {"revision": world.experts_to_agree.revision},
        "experts:session_accept": {"changes": "0"},
        "experts:session_propose": ahead,
        "experts:session_record": held,
        "experts:session_move": ahead | {"words": ""},
        "experts:session_cancel": {"words": "Siamo in fiera."},
        "experts:session_tell": {"minutes": "60", "words": "Era meno."},
        "experts:session_confirm": {"minutes": "90"},
        "experts:session_note": {"words": "Una nota."},
    }  # fmt: skip
