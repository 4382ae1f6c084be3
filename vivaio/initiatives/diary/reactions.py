"""What diaries hold of a person, and letting go of it."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.diary import actions, gathered
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person


@receiver(gathering, dispatch_uid="initiatives.diary.gathered")
def diaries_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """What they wrote and said, with its photos and files."""
    into.section("diary", _("What you wrote in diaries"), gathered.written(person))
    into.section("diary_comments", _("What you said about diaries"), gathered.said(person))
    gathered.add_files(person, into)


@receiver(erasing, dispatch_uid="initiatives.diary.erased")
def diaries_forget(sender: Any, person: Person, **more: Any) -> None:
    """What stands in a diary stays without their name; their drafts go."""
    actions.forget(person)
