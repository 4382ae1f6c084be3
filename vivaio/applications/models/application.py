"""An application, its papers, its eligibility checks and the requests to complete it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.applications.states import ApplicationState, CheckOutcome, IntegrationState, ReceiptKind
from vivaio.calls.models import Call, Condition, Track
from vivaio.kit.models import Row
from vivaio.people.models import Organisation


class Application(Row):
    """What an organisation or a person hands in to a call.

    `frozen` holds the answers that count: as they were at submission, with what an integration changed
    (canonical JSON, as bytes in UTF-8); `digest` is their SHA-256. Each earlier freezing stays in `Receipt`.
    The number is per call, given at the first submission and kept ever after.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    track = models.ForeignKey(Track, models.PROTECT, related_name="applications")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="personal_applications"
    )
    # The application to the stage before that this one goes on from.
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by", editable=False
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    response = models.OneToOneField("questionnaires.Response", models.PROTECT, related_name="application")
    title = models.CharField(_("title"), max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    frozen = models.BinaryField(null=True, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    notice_version = models.CharField(max_length=20, blank=True, editable=False)
    declared_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decision_reason = models.TextField(_("reason"), blank=True)
    # The letter that tells an exclusion is held: until it is released the team's pages do not tell it either.
    exclusion_held = models.BooleanField(default=False, editable=False)
    # When the answers went because their period had ended, or their author asked for it.
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Written by the jury when the letter with the outcome is released: from then on the team's pages lead to it.
    outcome_published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["call", "number", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="application_number_once"),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) ^ models.Q(person__isnull=False),
                name="application_has_one_applicant",
            ),
            models.UniqueConstraint(
                fields=["track", "organisation"],
                condition=models.Q(state="draft", continues__isnull=True),
                name="one_draft_of_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["track", "person"],
                condition=models.Q(state="draft", continues__isnull=True),
                name="one_draft_of_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state"]),
            models.Index(fields=["track", "state"]),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Application without a title"))

    @property
    def programme_id(self):
        return self.call.programme_id

    @property
    def continued(self) -> "Application | None":
        """What it became in the next stage of its call, if it went on."""
        return getattr(self, "continued_by", None)

    @property
    def told_state(self) -> str:
        """The state that its team may know: an exclusion shows when the letter that tells it is released."""
        if self.state == ApplicationState.EXCLUDED and self.exclusion_held:
            return ApplicationState.SUBMITTED
        return self.state

    def get_told_state_display(self) -> str:
        return str(ApplicationState(self.told_state).label)

    @property
    def applicant_name(self) -> str:
        return str(self.organisation or self.person)

    def forget_decision(self) -> None:
        """Nothing is decided on it any more; the caller saves."""
        self.decided_at, self.decided_by, self.decision_reason = None, None, ""
        self.exclusion_held = False

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.pk])


class Receipt(Row):
    """The answers as they stood at one submission, or after an integration: nothing of it ever changes.

    `digest` is the SHA-256 of `frozen`, the canonical JSON of the answers in UTF-8. Reopening an application
    supersedes its receipt; the answer to a request for integration leaves a receipt of its own.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="receipts")
    kind = models.CharField(max_length=12, choices=ReceiptKind.choices, default=ReceiptKind.SUBMISSION)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    frozen = models.BinaryField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.application} · {self.digest[:12]}"

    @property
    def programme_id(self):
        return self.application.programme_id


class Writer(Row):
    """Somebody who has written in an application, and where they wrote last."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="writers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    step = models.PositiveSmallIntegerField(default=1)
    wrote_at = models.DateTimeField()

    class Meta:
        ordering = ["-wrote_at"]
        constraints = [models.UniqueConstraint(fields=["application", "person"], name="writer_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.application}"


class Check(Row):
    """The outcome of one eligibility condition. `decided_by` is empty for what was computed."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="checks")
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="checks")
    computed = models.CharField(max_length=10, choices=CheckOutcome.choices, default=CheckOutcome.UNKNOWN)
    outcome = models.CharField(max_length=10, choices=CheckOutcome.choices, default=CheckOutcome.UNKNOWN)
    note = models.TextField(_("note"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # How often a person has written here: two who write at once read each other's words.
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["condition__position"]
        constraints = [models.UniqueConstraint(fields=["application", "condition"], name="check_once")]

    def __str__(self) -> str:
        return f"{self.condition}: {self.outcome}"

    @property
    def programme_id(self):
        return self.application.programme_id


class IntegrationRequest(Row):
    """A request for integration (soccorso istruttorio): what is missing, by when, and what came.

    `opened` are the words of the opened questions, where `queries.with_history` has looked them up.
    """

    opened: list[str]

    application = models.ForeignKey(Application, models.CASCADE, related_name="integration_requests")
    opened: list[str]  # the answers that may be changed, in words, where a page asked for them
    text = models.TextField(_("what is missing"))
    questions = models.JSONField(_("answers that may be changed"), default=list, blank=True)
    deadline = models.DateTimeField(_("deadline"))
    state = models.CharField(max_length=10, choices=IntegrationState.choices, default=IntegrationState.OPEN)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(state="open"), name="one_open_integration_request"
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def programme_id(self):
        return self.application.programme_id


class IntegrationFile(Row):
    """A file that came with the answer to a request for integration."""

    request = models.ForeignKey(IntegrationRequest, models.CASCADE, related_name="files")
    file = models.FileField(upload_to="integrations", max_length=200)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def programme_id(self):
        return self.request.programme_id
