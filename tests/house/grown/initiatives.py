"""The small world's part about initiatives: teams, states, legal entities, public pages."""

from typing import Any

from django.core.files.base import ContentFile

from tests.factories.initiatives import (
    InitiativeFactory,
    LegalProofFactory,
    PassageFactory,
    StoryFactory,
    TeamInvitationFactory,
    TeamMemberFactory,
    published,
)
from vivaio.initiatives.states import ProofState, StoryState, TeamPart
from vivaio.kit import tokens


def build(world: Any) -> None:
    """An initiative of the applicant's team, one of the other applicant's, and as many more as a list wants."""
    of = {"programme": world.programme}
    world.initiative = InitiativeFactory(**of, organisation=world.organisation)
    world.initiative_leader = TeamMemberFactory(
        initiative=world.initiative, person=world.people["applicant"], part=TeamPart.LEADER
    )
    world.other_initiative = InitiativeFactory(**of, organisation=world.other)
    TeamMemberFactory(
        initiative=world.other_initiative, person=world.people["other_applicant"], part=TeamPart.LEADER
    )
    world.initiative_token, digest = tokens.new_token()
    world.initiative_invitation = TeamInvitationFactory(
        initiative=world.initiative, email=world.people["nobody"].email, token_digest=digest
    )
    asked = InitiativeFactory(**of)
    TeamMemberFactory(initiative=asked, person=world.people["applicant"], part=TeamPart.LEADER)
    world.initiative_asked, world.initiative_proof = asked, LegalProofFactory(initiative=asked)
    StoryFactory(initiative=asked, state=StoryState.ASKED)
    StoryFactory(initiative=world.initiative)
    world.initiative_story = published(StoryFactory(initiative=world.other_initiative))
    for _number in range(world.rows):
        LegalProofFactory(initiative=asked, state=ProofState.SENT_BACK)
        published(StoryFactory(initiative__programme=world.programme))
        world.initiative_member = TeamMemberFactory(initiative=world.initiative)
        TeamInvitationFactory(initiative=world.initiative)
        PassageFactory(initiative=world.initiative)
        more = InitiativeFactory(**of)
        TeamMemberFactory(initiative=more, person=world.people["applicant"])


def places(world: Any) -> dict[str, dict[str, Any]]:
    """The arguments of each address that takes some."""
    of = {"programme": world.programme.slug}
    one = {"pk": world.initiative.pk}
    member = {**one, "member": world.initiative_member.pk}
    proof = {"pk": world.initiative_asked.pk, "proof": world.initiative_proof.pk}
    token = {"token": world.initiative_token}
    return {
        "initiatives:initiative": one,
        "initiatives:edit": one,
        "initiatives:move": {**one, "to": "independent"},
        "initiatives:team": one,
        "initiatives:member": member,
        "initiatives:end": member,
        "initiatives:cancel_invitation": {**one, "invitation": world.initiative_invitation.pk},
        "initiatives:invitation": token,
        "initiatives:decline": token,
        "initiatives:legal": one,
        "initiatives:legal_answer": {**proof, "answer": "accept"},
        "initiatives:legal_file": proof,
        "initiatives:story_write": one,
        "initiatives:story_act": {**one, "act": "ask"},
        "initiatives:story_picture": {"pk": world.initiative_story.pk},
        "initiatives:stories": of,
        "initiatives:story": {**of, "slug": world.other_initiative.slug},
        "initiatives:staff_list": of,
        "initiatives:found": of,
        "initiatives:bear_all": of,
    }


def sent(world: Any) -> dict[str, dict[str, Any]]:
    """What a person who may would send; nothing where a press on a button is all."""
    return {
        "initiatives:edit": {"language": "it", "title": "La portineria di tutti"},
        "initiatives:move": {"reason": "Cammina da sola."},
        "initiatives:team": {"email": "nuova@example.org", "part": "member", "language": "it"},
        "initiatives:member": {"part": "leader", "role": "Tiene i conti"},
        "initiatives:legal": {
            "which": "new",
            "name": "Portineria srl",
            "kind": "company",
            "country": "IT",
            "vat_number": "00743110157",
            "file": ContentFile(b"%PDF-1.7\nstartxref\n0\n%%EOF\n", name="statuto.pdf"),
        },
        "initiatives:story_write": {
            "lead_it": "Una portineria",
            "text_it": "Il cortile è di nuovo aperto.",
            "picture_alt_it": "Un cortile",
        },
        "initiatives:story_act": {"declared": "on"},
        "initiatives:found": {"title": "Il forno", "email": "forno@example.org"},
    }
