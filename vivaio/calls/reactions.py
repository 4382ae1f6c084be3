"""Answers to what earlier rooms ask."""

from typing import Any

from django.dispatch import receiver

from vivaio.calls import queries, rules, sections
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
