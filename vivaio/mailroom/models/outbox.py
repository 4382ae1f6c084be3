"""The letters, as they will be or were sent, and how people want to be reached."""

import re

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vivaio.kit.models import Row
from vivaio.mailroom.lines import rejoined
from vivaio.mailroom.states import Pace, State

# Stands in a letter's words where its personal link will be: only the letter that leaves carries the link.
# A digest has a place for each of those that it gathers: the number says which.
PERSONAL_LINK = "https://personal-link.invalid/"
PERSONAL_LINKS = re.compile(re.escape(PERSONAL_LINK) + r"(\d*)")
# The same for the link that stops letters of a kind, which is made when the letter leaves.
STOP_LINK = "https://stop-link.invalid/"


def without_link(text: str) -> str:
    """A letter's text with words where the links will be that are its reader's alone."""
    return PERSONAL_LINKS.sub(gettext("(here the letter carries a personal link)"), text).replace(
        STOP_LINK, gettext("(here the letter carries a link for its reader alone)")
    )


class OutgoingLetter(Row):
    """One letter to one recipient for one cause: written when queued, so that what was read is what is sent.

    Person, programme and subject are plain identifiers: the mailroom knows no stage.
    """

    letter = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    cause = models.CharField(max_length=120, blank=True)
    programme = models.UUIDField(null=True, blank=True)
    # What sends it within the programme, where its letter says so: a call.
    owner = models.UUIDField(null=True, blank=True)
    batch = models.UUIDField()
    person = models.UUIDField(null=True, blank=True)
    recipient_email = models.CharField(max_length=254)
    recipient_name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
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
    # Its Markdown, for as long as a digest may still have to gather it; then the digest that did.
    source = models.TextField(blank=True, editable=False)
    digest = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="gathered")

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
            models.Index(fields=["owner", "-created_at"], name="letter_owner"),
            models.Index(
                fields=["state", "due_at"],
                name="letter_under_way",
                condition=models.Q(state__in=[State.QUEUED, State.SENDING]),
            ),
            models.Index(
                fields=["person", "due_at"], name="letter_waiting", condition=models.Q(state=State.WAITING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.pk}"

    @property
    def text_shown(self) -> str:
        """The text as somebody else than the recipient may read it."""
        return without_link(self.text)

    @property
    def text_to_read(self) -> str:
        """The same for a page, which breaks lines itself."""
        return rejoined(self.text_shown)

    @property
    def html_shown(self) -> str:
        """The HTML as somebody else than the recipient may read it: the links lead nowhere."""
        return PERSONAL_LINKS.sub("#", self.html).replace(STOP_LINK, "#")

    @property
    def reason(self) -> str:
        """Why it did not leave, in words."""
        if self.state == State.UNWANTED:
            return gettext("The person does not want letters of this kind.")
        return self.error


class LetterChoice(Row):
    """How letters of one category reach a person, or an address without an account.

    Of such an address only the refusal is kept, under its SHA-256: enough to keep it, nothing to write to.
    """

    person = models.UUIDField(null=True, blank=True)
    address = models.CharField(max_length=64, blank=True)
    category = models.CharField(max_length=40)
    pace = models.CharField(max_length=10, choices=Pace)

    class Meta:
        verbose_name = _("choice of letters")
        ordering = ("category",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=True) ^ models.Q(address=""),
                name="choice_of_person_or_address",
            ),
            models.UniqueConstraint(
                fields=["person", "category"],
                condition=models.Q(address=""),
                name="one_choice_per_person_and_category",
            ),
            models.UniqueConstraint(
                fields=["address", "category"],
                condition=models.Q(person__isnull=True),
                name="one_choice_per_address_and_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.pace}"
