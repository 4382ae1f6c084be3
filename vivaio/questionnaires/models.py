"""Forms, their versions, and the answers given to one version."""

import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.programmes.models import Programme
from vivaio.questionnaires.engine.definition import Definition

MOST_BUILT = 64  # forms that a process keeps at hand
_BUILT: dict[str, Definition] = {}  # by the digest of what they ask


def unguessable(_attachment: "Attachment", _name: str) -> str:
    """Where a file lies: nothing in the path can be guessed, or says whose it is."""
    return f"answers/{uuid.uuid4().hex}"


class Form(Row):
    """A form of a programme. What it asks is in its versions."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="forms")
    key = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=160)
    i18n = TranslationField(fields=("title",))
    title_i18n: str

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="form_key_once")]

    def __str__(self) -> str:
        return self.title_i18n

    @property
    def current(self) -> "FormVersion | None":
        """The version that is given out today."""
        return self.versions.order_by("-number").first()


class FormVersion(Row):
    """What a form asked from one moment on. Never changed: answers keep the version they were given to."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")
        ordering = ["form", "-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="form_version_once")]

    def __str__(self) -> str:
        return f"{self.form} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the version; raises `TypeError` for one that is stored already."""
        if not self._state.adding:
            raise TypeError("A version of a form is never changed: publish a new one.")
        super().save(*args, **kwargs)

    @cached_property
    def questionnaire(self) -> Definition:
        """What the version asks, as the engine reads it: built once in a process, for no version ever changes.

        What is not published has no digest yet, and is built each time.
        """
        if not self.sha256:
            return Definition.from_dict(self.definition)
        found = _BUILT.get(self.sha256)
        if found is None:
            if len(_BUILT) >= MOST_BUILT:
                _BUILT.clear()  # in one step, so that no thread reads what another takes out
            found = _BUILT[self.sha256] = Definition.from_dict(self.definition)
        return found

    @property
    def programme_id(self) -> uuid.UUID:
        return self.form.programme_id


class FormDraft(Row):
    """The next version of a form while people work on it. Nobody answers it; `stamp` counts its changes."""

    form = models.OneToOneField(Form, models.CASCADE, related_name="draft")
    basis = models.ForeignKey(FormVersion, models.SET_NULL, null=True, related_name="+")
    definition = models.JSONField()
    stamp = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("draft of a form")
        verbose_name_plural = _("drafts of forms")

    def __str__(self) -> str:
        return str(self.form)

    @property
    def questionnaire(self) -> Definition:
        """What the draft asks; it may still lack what a version needs."""
        return Definition.from_dict({"questions": [], **self.definition})

    @property
    def programme_id(self) -> uuid.UUID:
        return self.form.programme_id


class DraftStep(Row):
    """A change of a draft, with the form as it was before: what undoing goes back to."""

    draft = models.ForeignKey(FormDraft, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    part = models.CharField(max_length=120)
    what = models.CharField(max_length=20)
    before = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("change of a draft")
        verbose_name_plural = _("changes of drafts")
        ordering = ["draft", "-number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_step_once")]

    def __str__(self) -> str:
        return f"{self.what} {self.part}"


class Response(Row):
    """Answers to one version: `{"name": value, "table": [{"_id": "r1", "column": value}]}`.

    `revisions` and `authors` say, by path (`name`, `table/r1/column`), how often an answer changed and who
    changed it last.
    """

    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="responses")
    answers = models.JSONField(default=dict)
    revisions = models.JSONField(default=dict)
    authors = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("answers")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def questionnaire(self) -> Definition:
        return self.version.questionnaire

    @property
    def programme_id(self) -> uuid.UUID:
        return self.version.programme_id


class Attachment(Row):
    """A file given as an answer, which names it by id. The room of the response decides who may open it."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="attachments")
    path = models.CharField(max_length=200)
    file = models.FileField(upload_to=unguessable, max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    detached_at = models.DateTimeField(null=True, blank=True, editable=False)  # taken out of the answers

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.name
