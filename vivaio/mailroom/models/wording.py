"""What an operator wrote in the place of the house's words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.kit.models import Row


class Wording(Row):
    """The words of one letter, in one language, for all that one owner (a call) sends; without it the house's hold.

    Owner, programme and person are plain identifiers: the mailroom knows no stage.
    """

    owner = models.UUIDField()
    programme = models.UUIDField(null=True, blank=True)
    letter = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"))
    written_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("own words of a letter")
        ordering = ("letter", "language")
        constraints = [
            models.UniqueConstraint(fields=["owner", "letter", "language"], name="one_wording_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.letter} ({self.language})"
