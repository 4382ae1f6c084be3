"""Answers to what earlier rooms ask."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.calls import queries, rules, sections
from vivaio.calls.asking import actions as asking
from vivaio.calls.asking import queries as questions
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person
from vivaio.questionnaires import events as questionnaires


@receiver(questionnaires.uses_asked)
def calls_that_give_out_the_form(sender: Any, form: Any, **more: Any) -> list[questionnaires.Use]:
    """The calls whose applicants answer a version of the form."""
    return [
        questionnaires.Use(
            title=call.title_i18n,
            state=call.get_state_display(),
            href=sections.address(call, "edit", "applicants"),
            version=call.form.number,
            settled=bool(rules.alive(call) or rules.change_terms(call)),
        )
        for call in queries.giving_out(form)
    ]


@receiver(gathering, dispatch_uid="calls.gathered")
def questions_gathered(sender: Any, person: Person, into: Gathered, **more: Any) -> None:
    """The questions that the person asked, and the calls that they follow."""
    into.section(
        "questions",
        _("Questions on calls"),
        [
            {
                "call": str(one.call),
                "asked_at": one.created_at,
                "question": one.text,
                "state": one.get_state_display(),
                "published_as": one.wording,
                "answer": one.answer or one.reply,
            }
            for one in questions.asked_by(person)
        ],
    )
    followed = person.followed_calls.select_related("call")
    into.section(
        "followed_calls",
        _("Calls that you follow"),
        [{"call": str(one.call), "since": one.created_at} for one in followed],
    )


@receiver(erasing, dispatch_uid="calls.erased")
def questions_forget(sender: Any, person: Person, **more: Any) -> None:
    """What was answered stays without who asked; what waits goes with them."""
    asking.forget(person)
