"""What a contact is about, how it came, where it can stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactKind(models.TextChoices):
    INVESTOR = "investor", _("Investor")
    PARTNER = "partner", _("Partner")
    CUSTOMER = "customer", _("Customer")
    COLLABORATION = "collaboration", _("Collaboration")


class ContactOrigin(models.TextChoices):
    OWN = "own", pgettext_lazy("contact", "Found by the team")
    CONTEST = "contest", pgettext_lazy("contact", "At a contest")
    EXPERT = "expert", pgettext_lazy("contact", "Through an expert")
    DIRECTORY = "directory", pgettext_lazy("contact", "Through the directory")
    PRACTICE = "practice", pgettext_lazy("contact", "Through a good practice")


class ContactState(models.TextChoices):
    OPEN = "open", pgettext_lazy("contact", "Open")
    WON = "won", pgettext_lazy("contact", "Come to good")
    LOST = "lost", pgettext_lazy("contact", "Come to nothing")
    DORMANT = "dormant", pgettext_lazy("contact", "Dormant")


# Whatever the outcome, a contact can be taken up again.
CONTACT_MOVES = {
    ContactState.OPEN: {ContactState.WON, ContactState.LOST, ContactState.DORMANT},
    ContactState.WON: {ContactState.OPEN},
    ContactState.LOST: {ContactState.OPEN},
    ContactState.DORMANT: {ContactState.OPEN, ContactState.WON, ContactState.LOST},
}
