"""Choices that other rooms share with the forms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Signature(models.TextChoices):
    """How a document has to be signed."""

    CLICK = "click", _("Confirmed with a click, by the legal representative")
    PADES = "pades", _("Signed digitally (PAdES or CAdES)")
    SCAN = "scan", _("Signed by hand and scanned, with an identity document")
