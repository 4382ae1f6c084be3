"""A saved view: its name, whether it opens first, whether it is shared."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.programmes.models.saved_view import LONGEST_NAME


class ViewForm(forms.Form):
    """What the person may not change is left out."""

    name = forms.CharField(label=_("Name of the view"), max_length=LONGEST_NAME)
    usual = forms.BooleanField(label=_("The list opens with this view for me"), required=False)
    shared = forms.BooleanField(label=_("Share it with the programme’s staff"), required=False)

    def __init__(self, *args: Any, named: bool, may_share: bool, opens: bool, **more: Any):
        super().__init__(*args, **more)
        if not named:
            del self.fields["name"]
        if not opens:  # the second list of a page: its address is the first one's
            del self.fields["usual"]
        if not may_share:
            del self.fields["shared"]
