"""The letters, as they will be or were sent."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vivaio.kit.models import Row
from vivaio.mailroom.states import State

# Stands in a letter's words where its personal link will be: only the letter that leaves carries the link.
PERSONAL_LINK = "https://personal-link.invalid/"


def without_link(text: str) -> str:
    """A letter's text with words where its personal link will be."""
    return text.replace(PERSONAL_LINK, gettext("(here the letter carries a personal link)"))


class OutgoingLetter(Row):
    """One letter to one recipient for one cause: written when queued, so that what was read is what is sent.

    Person, programme and subject are plain identifiers: the mailroom knows no stage.
    """

    letter = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    cause = models.CharField(max_length=120, blank=True)
    programme = models.UUIDField(null=True, blank=True)
    batch = models.UUIDField()
    person = models.UUIDField(null=True, blank=True)
    recipient_email = models.CharField(max_length=254)
    recipient_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    # The personal link, for as long as the letter may still have to leave with it; shown to nobody.
    secret = models.TextField(blank=True, editable=False)
    state = models.CharField(max_length=12, choices=State)
    message_id = models.CharField(max_length=200, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True)
    sending_since = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "subject_id", "cause", "recipient_email"],
                name="letter_once_per_cause_and_recipient",
            ),
        ]
        indexes = [
            models.Index(fields=["programme", "state", "-created_at"], name="letter_programme_state"),
            models.Index(fields=["batch", "state"], name="letter_batch"),
            models.Index(
                fields=["state", "due_at"],
                name="letter_under_way",
                condition=models.Q(state__in=[State.QUEUED, State.SENDING]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.pk}"

    @property
    def text_shown(self) -> str:
        """The text as somebody else than the recipient may read it."""
        return without_link(self.text)

    @property
    def html_shown(self) -> str:
        """The HTML as somebody else than the recipient may read it: the link leads nowhere."""
        return self.html.replace(PERSONAL_LINK, "#")
