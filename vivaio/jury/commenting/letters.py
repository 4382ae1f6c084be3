"""The letter that asks a juror for another text, and the one that says that the comments can be read."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from vivaio.jury import letter_fields as said
from vivaio.jury import letters_ranking
from vivaio.jury.blinding.queries import shown
from vivaio.jury.models import Comment
from vivaio.mailroom.categories import PROCEDURE
from vivaio.mailroom.letters import Letter, Recipient


def _juror(comment: Comment) -> Iterable[Recipient]:
    juror = comment.assignment.juror
    yield Recipient.at(juror.email, juror.person, juror.language, name=str(juror))


def _call(comment: Comment) -> UUID:
    return comment.assignment.juror.panel.call_id


def _asked(comment: Comment, recipient: Recipient) -> dict[str, Any]:
    """Which comment, and why: of a blind review no more than the juror knows."""
    panel = comment.assignment.juror.panel
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        path = reverse("jury:rewrite", args=[panel.pk, comment.pk])
        return {
            "call": str(panel.call),
            "programme": str(panel.call.programme),
            "application": str(shown(comment.assignment.application, panel.call)),
            "about": comment.about,
            "reason": comment.asked_reason,
            "link": f"{settings.BASE_URL}{path}",
        }


rewrite = Letter(
    "jury.comment_rewrite",
    title=_("A juror is asked to rewrite a comment"),
    category=PROCEDURE,
    recipients=_juror,
    context=_asked,
    owner=_call,
)
released = letters_ranking.letter(
    "comments_released", _("The comments of the jury can be read"), letters_ranking.team, said.COMMENTS
)
