"""What people ask about a call, what the staff answers to all, and who follows the call."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.calls.models.call import Call
from vivaio.calls.states import QuestionState
from vivaio.kit.models import Row

LONGEST_QUESTION, LONGEST_ANSWER = 2000, 8000


class CallQuestion(Row):
    """A question on a call. `text` is what was typed, and never public; `wording` and `answer` are what is published.

    `number` is given when it is published, and stays. `reply` is the answer to the asker alone, or why there is none.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="questions_asked"
    )
    about = models.CharField(_("passage of the call"), max_length=80, blank=True)
    text = models.TextField(_("question"), max_length=LONGEST_QUESTION)
    state = models.CharField(max_length=12, choices=QuestionState.choices, default=QuestionState.ASKED)
    number = models.PositiveIntegerField(null=True, editable=False)
    wording = models.TextField(_("question, as it is published"), max_length=LONGEST_QUESTION, blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)
    reply = models.TextField(blank=True, editable=False)
    into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged", editable=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    i18n = TranslationField(fields=("wording", "answer"))
    wording_i18n: str
    answer_i18n: str

    class Meta:
        verbose_name = _("question on a call")
        verbose_name_plural = _("questions on a call")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="question_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state=QuestionState.PUBLISHED) | models.Q(number__isnull=False),
                name="question_published_numbered",
            ),
        ]

    def __str__(self) -> str:
        if self.number:
            return _t("Question %(n)s") % {"n": self.number}
        return _t("Question not published")

    @property
    def programme_id(self):
        return self.call.programme_id

    def get_absolute_url(self) -> str:
        """Where anyone reads it, once it is published."""
        page = reverse("calls:questions", args=[self.call.programme.slug, self.call.slug])
        return f"{page}#q-{self.number}"


class AnswerCorrection(Row):
    """What a published answer said before it was corrected, and why it was."""

    question = models.ForeignKey(CallQuestion, models.CASCADE, related_name="corrections")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("what was corrected, and why"), max_length=300)
    wording = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    i18n = TranslationField(fields=("note", "wording", "answer"))
    note_i18n: str
    wording_i18n: str
    answer_i18n: str

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.note_i18n


class CallFollower(Row):
    """A person who wants a letter when a question on the call is answered, or the call changes."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="followers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followed_calls")

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="call_followed_once")]

    def __str__(self) -> str:
        return str(self.call)
