"""What people fill in to sign, and to look at what was signed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vivaio.applications.signing.rules import LONGEST_REASON
from vivaio.kit.files import UploadField

PICTURES = ("pdf", "jpeg", "png")


class Aimed(forms.Form):
    """A form about one document: which, and as it was read."""

    question = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    document = forms.UUIDField(widget=forms.HiddenInput)


class ClickForm(Aimed):
    """The legal representative signed in confirms."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Your first and last name"), max_length=200)
    entitled = forms.BooleanField(
        label=_("I am the legal representative of the applicant, or hold the power to sign for it."),
        required=False,
    )


class SignedForm(Aimed):
    """The application, signed elsewhere."""

    file = UploadField(
        label=_("The signed file"),
        kinds=("pdf", "p7m"),
        help_text=_("PDF signed as PAdES, or P7M. The signature is checked at once."),
    )


class ScanForm(Aimed):
    """Signed by hand: the scan, and the identity document of who signed."""

    scan = UploadField(
        label=_("Scan of the signed document"),
        kinds=PICTURES,
        help_text=_("All the pages. PDF, JPEG or PNG."),
    )
    identity = UploadField(
        label=_("Identity document of who signed"),
        kinds=PICTURES,
        help_text=_(
            "Front and back. PDF, JPEG or PNG. Only those who decide on eligibility open it, and each time is recorded."
        ),
    )


class IdentityForm(Aimed):
    """The scan is the answer itself: the identity document alone is missing."""

    identity = UploadField(
        label=_("Identity document of who signed"),
        kinds=PICTURES,
        help_text=_(
            "Front and back. PDF, JPEG or PNG. Only those who decide on eligibility open it, and each time is recorded."
        ),
    )


class LookForm(forms.Form):
    """What the staff found."""

    note = forms.CharField(
        label=_("Note on the signature"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("For the staff alone."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """Why an identity document is opened."""

    reason = forms.CharField(
        label=_("Why you open it"),
        max_length=LONGEST_REASON,
        help_text=_("It is kept, with your name and the instant."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
