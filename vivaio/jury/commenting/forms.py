"""Why a comment is asked for anew or stays back; another text of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.jury.forms.scoring import CommentField


class AskForm(forms.Form):
    """What the juror reads in the letter."""

    reason = forms.CharField(
        label=_("Why should it be rewritten?"),
        max_length=1000,
        help_text=_("The juror reads it in the letter. Say what is amiss; the words stay the juror's."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WithholdForm(forms.Form):
    """What the register keeps."""

    reason = forms.CharField(
        label=_("Why does it stay back?"),
        max_length=1000,
        help_text=_(
            "It stays with the comment, for the staff alone. The applicant does not learn that there was one."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class RewriteForm(forms.Form):
    """The juror's other text."""

    text = CommentField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
