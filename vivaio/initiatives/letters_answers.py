"""The letters about what a team sends to the programme, and about the answers."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.letters import about, link, team
from vivaio.initiatives.models import LegalProof, Story
from vivaio.mailroom.categories import INITIATIVES, PROCEDURE, STAFF
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.programmes import queries as programmes


def followers(row: Any) -> Iterable[Recipient]:
    """Those who accompany the programme's initiatives."""
    return [Recipient.of(one) for one in programmes.holders(row.programme_id, "initiatives.follow")]


def about_proof(proof: LegalProof, recipient: Recipient) -> dict[str, Any]:
    """Which organisation is named, and the page where the proof is."""
    page = link(recipient, "initiatives:legal", proof.initiative_id)
    return {
        **about(proof, recipient),
        "organisation": proof.organisation,
        "reason": proof.reason,
        "link": page,
    }


def about_story(story: Story, recipient: Recipient) -> dict[str, Any]:
    """The page that the team writes."""
    page = link(recipient, "initiatives:story_write", story.initiative_id)
    return {**about(story, recipient), "reason": story.reason, "link": page}


def letter(name: str, title: Any, to: Any, context: Any, category: Any) -> Letter:
    return Letter(f"initiatives.{name}", title=title, category=category, recipients=to, context=context)


proof_received = letter("proof_received", _("A legal entity to check"), followers, about_proof, STAFF)
proof_accepted = letter("proof_accepted", _("The legal entity is accepted"), team, about_proof, PROCEDURE)
proof_sent_back = letter(
    "proof_sent_back", _("The proof of the legal entity is sent back"), team, about_proof, PROCEDURE
)
story_asked = letter("story_asked", _("A public page to approve"), followers, about_story, STAFF)
story_approved = letter("story_approved", _("The public page is on line"), team, about_story, INITIATIVES)
story_sent_back = letter("story_sent_back", _("The public page is sent back"), team, about_story, INITIATIVES)
story_withdrawn = letter("story_withdrawn", _("The public page is off line"), team, about_story, INITIATIVES)
