"""Inviting to a team, and changing a part in it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models import TeamMember
from vivaio.initiatives.states import TeamPart

ROLE_HELP = _("In your own words: “keeps the accounts”, “talks to the families”.")


class InviteForm(forms.Form):
    """Whom to invite, as what, in which language."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The invitation is valid for 14 days."))
    part = forms.ChoiceField(
        label=_("Part"), choices=TeamPart.choices, initial=TeamPart.MEMBER,
        help_text=_("Leaders also look after the team."),
    )  # fmt: skip
    role = forms.CharField(label=_("What they do"), max_length=120, required=False, help_text=ROLE_HELP)
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES,
        help_text=_("Who has an account already reads it in their own language."),
    )  # fmt: skip


class PartForm(forms.Form):
    """Somebody's part in the team, and what they do in it."""

    part = forms.ChoiceField(label=_("Part"), choices=TeamPart.choices)
    role = forms.CharField(label=_("What they do"), max_length=120, required=False, help_text=ROLE_HELP)

    def __init__(self, data: Any, member: TeamMember, *, leads: bool):
        super().__init__(data, initial={"part": member.part, "role": member.role})
        self.fields["part"].disabled = not leads
