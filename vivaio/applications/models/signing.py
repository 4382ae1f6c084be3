"""Documents that have to be signed: the application as it was printed for it, signatures, and who looked at them."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vivaio.applications.models.application import Application
from vivaio.applications.states import SignatureState
from vivaio.kit.models import Row
from vivaio.questionnaires.states import Signature as SignatureKind


def unguessable(_row: Any, _name: str) -> str:
    """Where a file lies: nothing in the path can be guessed, or says whose it is."""
    return f"signing/{uuid.uuid4().hex}"


class Paper(Row):
    """The application as a PDF, made to be signed. `answers_sha256` says which answers stand in it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers")
    language = models.CharField(max_length=8)
    answers_sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to=unguessable, max_length=200)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120, default="application/pdf")
    sha256 = models.CharField(max_length=64)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("application to be signed")
        verbose_name_plural = _("applications to be signed")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def programme_id(self) -> Any:
        return self.application.programme_id


class Signature(Row):
    """A signature on a document: of the answer to `question`, or, without one, of the application as a whole.

    `document` names the paper or the attachment, `document_sha256` what was signed. A click keeps the very `statement`
    that was confirmed. What came from elsewhere (a signed PDF, the scan of a paper) is `file`; the signed answer to a
    question is the attachment itself. `found` is what the check of a digital signature says. One that another document,
    or another signature, took the place of is superseded and stays as it was.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="signatures")
    question = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=8, choices=SignatureKind.choices)
    document = models.UUIDField()
    document_sha256 = models.CharField(max_length=64)
    answers_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=SignatureState.choices, default=SignatureState.CHECKING)
    file = models.FileField(upload_to=unguessable, max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    content_type = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    identity = models.FileField(upload_to=unguessable, max_length=200, blank=True)
    identity_name = models.CharField(max_length=200, blank=True)
    identity_size = models.PositiveBigIntegerField(default=0)
    identity_type = models.CharField(max_length=120, blank=True)
    identity_gone_at = models.DateTimeField(null=True, blank=True)
    signer = models.CharField(max_length=200, blank=True)
    statement = models.TextField(blank=True)
    found = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question", "document"],
                condition=models.Q(superseded_at=None),
                name="one_signature_of_a_document",
            )
        ]

    def __str__(self) -> str:
        return f"{self.signer or self.get_kind_display()} · {self.get_state_display()}"

    @property
    def programme_id(self) -> Any:
        return self.application.programme_id


class IdentityLook(Row):
    """Somebody opened the identity document that came with a signature, and why."""

    signature = models.ForeignKey(Signature, models.CASCADE, related_name="looks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("look at an identity document")
        verbose_name_plural = _("looks at identity documents")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.by} · {self.created_at:%Y-%m-%d}"

    @property
    def programme_id(self) -> Any:
        return self.signature.programme_id
