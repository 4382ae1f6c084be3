"""The letters about good practices: to the organisation, and to the staff. An introduction names who asks."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from vivaio.mailroom.categories import INTRODUCTIONS, ORGANISATIONS, STAFF
from vivaio.mailroom.letters import Letter, Recipient
from vivaio.publishing.models import Practice, PracticeIntroduction
from vivaio.publishing.practices import queries


def whoever_did_it(practice: Practice) -> Iterable[Recipient]:
    """Who wrote of it for the organisation."""
    return [Recipient.of(person) for person in queries.whoever_did_it(practice)]


def editors(practice: Practice) -> Iterable[Recipient]:
    """Who of the staff looks after practices."""
    return [Recipient.of(person) for person in queries.editors(practice.programme_id)]


def asked_people(introduction: PracticeIntroduction) -> Iterable[Recipient]:
    return whoever_did_it(introduction.practice)


def followers(introduction: PracticeIntroduction) -> Iterable[Recipient]:
    """Who of the staff accompanies the initiatives."""
    return [Recipient.of(person) for person in queries.followers(introduction.initiative.programme_id)]


def context(practice: Practice, recipient: Recipient) -> dict[str, Any]:
    """What it is called in the reader's language, and the organisation's page about it."""
    with override(recipient.language):
        own = reverse("publishing:practice_own", args=[practice.pk])
        desk = reverse("publishing:practice_edit", args=[practice.pk])
        return {
            "practice": practice,
            "title": practice.title_i18n,
            "programme": practice.programme.title_i18n,
            "organisation": practice.organisation.name,
            "link": f"{settings.BASE_URL}{own}",
            "public": f"{settings.BASE_URL}{practice.get_absolute_url()}",
            "desk": f"{settings.BASE_URL}{desk}",
        }


def context_of_introduction(introduction: PracticeIntroduction, recipient: Recipient) -> dict[str, Any]:
    """Who asks, for which initiative, and what for."""
    with override(recipient.language):
        initiative = f"{settings.BASE_URL}{introduction.initiative.get_absolute_url()}"
    return {
        **context(introduction.practice, recipient),
        "introduction": introduction,
        "initiative": introduction.initiative.title,
        "initiative_link": initiative,
        "person": str(introduction.person),
        "address": introduction.person.email if introduction.person else "",
        "message": introduction.message,
    }


def _to_organisation(name: str, title: Any) -> Letter:
    return Letter(
        name,
        title=title,
        category=ORGANISATIONS,
        recipients=whoever_did_it,
        context=context,
    )


taken = _to_organisation("publishing.practice_taken", _("A good practice is accepted"))
to_confirm = _to_organisation("publishing.practice_to_confirm", _("The text of a good practice to confirm"))
on_line = _to_organisation("publishing.practice_on_line", _("A good practice is on line"))
left_out = _to_organisation("publishing.practice_left_out", _("A good practice is not published"))
withdrawn = _to_organisation("publishing.practice_withdrawn", _("A good practice is off line"))
sent_back = Letter(
    "publishing.practice_sent_back",
    title=_("An organisation would change the text of its good practice"),
    category=STAFF,
    recipients=editors,
    context=context,
)
introduction = Letter(
    "publishing.practice_introduction",
    title=_("An initiative asks to be introduced through a good practice"),
    category=INTRODUCTIONS,
    recipients=asked_people,
    context=context_of_introduction,
)
introduction_staff = Letter(
    "publishing.practice_introduction_staff",
    title=_("An introduction was asked for through a good practice"),
    category=STAFF,
    recipients=followers,
    context=context_of_introduction,
)
