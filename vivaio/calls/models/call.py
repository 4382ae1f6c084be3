"""A call and everything that it lays down beforehand."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltrans.fields import TranslationField

from vivaio.calls import aid, vouchers
from vivaio.calls.states import (
    ApplicantKind,
    AwardKind,
    CallKind,
    CallState,
    Commenting,
    ConditionKind,
    Deciding,
    Disclosure,
    Discussing,
    GoingOn,
    Purchase,
    Reviewing,
    Window,
)
from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.people.states import OrganisationKind
from vivaio.programmes.models import Phase, Programme
from vivaio.questionnaires.states import Signature


def organisations_alone() -> list[str]:
    """Unless the call says otherwise, organisations alone may apply."""
    return [ApplicantKind.ORGANISATION]


class Call(Row):
    """A call for applications. Deadlines are instants: open from `opens_at` up to, not at, `closes_at`.

    A call in several stages is a chain of calls: each but the first `follows` another, and takes those alone who went
    on from there by its rule (`going_on`).
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls")
    phase = models.ForeignKey(Phase, models.SET_NULL, null=True, blank=True, related_name="calls")
    slug = models.SlugField()
    follows = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="next_stage",
        verbose_name=_("stage before"),
    )
    stage_name = models.CharField(_("name of the stage"), max_length=80, blank=True)
    going_on = models.CharField(
        _("who goes on"), max_length=10, choices=GoingOn.choices, default=GoingOn.PLACES
    )
    state = models.CharField(max_length=12, choices=CallState.choices, default=CallState.DRAFT)
    kind = models.CharField(
        _("kind of call"), max_length=10, choices=CallKind.choices, default=CallKind.ORDINARY
    )
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("in short"), blank=True)
    who = models.TextField(_("who may apply"), blank=True)
    what = models.TextField(_("what it supports"), blank=True)
    text = models.TextField(_("full text"), blank=True)
    applicant_kinds = ArrayField(
        models.CharField(max_length=12, choices=ApplicantKind.choices),
        verbose_name=_("who applies"),
        default=organisations_alone,
    )
    open_to_minors = models.BooleanField(_("open to people under 18"), default=False)
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    questions_until = models.DateTimeField(_("questions are taken until"), null=True, blank=True)
    scoring_opens_at = models.DateTimeField(_("scoring opens at"), null=True, blank=True)
    scoring_closes_at = models.DateTimeField(_("scoring closes at"), null=True, blank=True)
    integration_days = models.PositiveSmallIntegerField(_("days for an integration"), default=10)
    acceptance_days = models.PositiveSmallIntegerField(_("days to accept a place"), default=10)
    two_persons = models.BooleanField(_("two people decide on eligibility"), default=False)
    reviews_each = models.PositiveSmallIntegerField(_("jurors for each application"), default=3)
    form = models.ForeignKey(
        "questionnaires.FormVersion", models.PROTECT, null=True, blank=True, related_name="calls"
    )
    title_question = models.CharField(_("question that names the application"), max_length=80, blank=True)
    disclosure = models.CharField(
        _("what is published"),
        max_length=24,
        choices=Disclosure.choices,
        default=Disclosure.SELECTED_ORGANISATIONS,
    )
    publish_scores = models.BooleanField(_("publish scores"), default=True)
    publish_juror_scores = models.BooleanField(
        _("publish the single scores"),
        default=False,
        help_text=_("In the decision record, juror by juror, by number and without names."),
    )
    ranking_public_days = models.PositiveSmallIntegerField(_("days on line"), default=180)
    tie_breaks = models.JSONField(
        _("tie rule"),
        default=list,
        blank=True,
        help_text='["criterion:innovation", "earlier_submission", "draw"]',
    )
    application_signature = models.CharField(
        _("signature of the application"), max_length=8, choices=Signature.choices, blank=True
    )
    deciding = models.CharField(
        _("what decides"), max_length=12, choices=Deciding.choices, default=Deciding.RAW_MEAN
    )
    reviewing = models.CharField(
        _("what jurors know"), max_length=12, choices=Reviewing.choices, default=Reviewing.OPEN
    )
    discussing = models.CharField(
        _("whether jurors discuss"), max_length=12, choices=Discussing.choices, default=Discussing.NONE
    )
    revising = models.BooleanField(_("jurors may change a score while they discuss"), default=False)
    practice_counts = models.BooleanField(_("scores of the calibration meeting count"), default=False)
    commenting = models.CharField(
        _("comments of the jury"), max_length=12, choices=Commenting.choices, default=Commenting.NOBODY
    )
    comments_needed = models.BooleanField(_("a comment is compulsory on every criterion"), default=False)
    comment_least = models.PositiveSmallIntegerField(
        _("characters of a comment, at least"), default=0, validators=[MaxValueValidator(1000)]
    )
    draw_source = models.CharField(_("what the draw is taken from"), max_length=300, blank=True)
    blueprint_key = models.SlugField(max_length=80, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Written by the jury's publication, so that pages of earlier stages can lead there without knowing the jury.
    ranking_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    ranking_public_until = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)
    i18n = TranslationField(
        fields=(
            "title",
            "summary",
            "who",
            "what",
            "text",
            "withdrawal_reason",
            "draw_source",
            "stage_name",
        )
    )
    title_i18n: str
    summary_i18n: str
    who_i18n: str
    what_i18n: str
    text_i18n: str
    withdrawal_reason_i18n: str
    draw_source_i18n: str
    stage_name_i18n: str
    chain: "list[Call] | None" = None  # its stages, once `staging.queries.chain_of` has looked them up

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opens_at"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="call_slug_once"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="call_closes_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title_i18n

    def is_open(self) -> bool:
        """Whether applications are taken at this very instant."""
        return self.state == CallState.PUBLISHED and self.opens_at <= clock.now() < self.closes_at

    @property
    def window(self) -> Window:
        now = clock.now()
        if now < self.opens_at:
            return Window.AHEAD
        return Window.OPEN if now < self.closes_at and self.state == CallState.PUBLISHED else Window.SHUT

    @property
    def is_contest(self) -> bool:
        """Whether initiatives compete here for its awards; nobody is admitted to the programme by it."""
        return self.kind == CallKind.CONTEST

    @property
    def collects(self) -> bool:
        """Whether good practices of other organisations are collected here: a jury may read them, and need not."""
        return self.kind == CallKind.PRACTICES

    @property
    def bears(self) -> bool:
        """Whether who accepts a place here begins an initiative of the programme."""
        return self.kind == CallKind.ORDINARY

    @property
    def leads_on(self) -> "Call | None":
        """The stage that those who are selected here go on to, if there is one."""
        return getattr(self, "next_stage", None)

    @property
    def everyone_above_goes_on(self) -> bool:
        """Whether places do not count: all at or above the minimum score of their track go on."""
        return self.going_on == GoingOn.THRESHOLD and self.leads_on is not None

    @property
    def gives_comments(self) -> bool:
        """Whether jurors write comments for applicants."""
        return self.commenting != Commenting.NOBODY

    @property
    def takes_questions(self) -> bool:
        """Whether people may ask about the call at this very instant: from its publication up to its date."""
        until = self.questions_end
        return self.state == CallState.PUBLISHED and until is not None and clock.now() < until

    @property
    def questions_end(self) -> dt.datetime | None:
        """When questions are no longer taken: never after the call has closed."""
        return None if self.questions_until is None else min(self.questions_until, self.closes_at)

    @property
    def ranking_is_public(self) -> bool:
        """Whether a published ranking is on line at this instant."""
        return self.ranking_public_until is not None and clock.now() < self.ranking_public_until

    @property
    def time_zone(self) -> str:
        return self.programme.time_zone


class Track(Row):
    """A track (percorso) of a call with places of its own.

    Below `minimum_score` (0 to 100) nobody is selected, even if places stay empty.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="tracks")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=1)
    minimum_score = models.DecimalField(
        _("minimum score"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    organisation_kinds = ArrayField(
        models.CharField(max_length=20, choices=OrganisationKind.choices),
        verbose_name=_("kinds of organisation"),
        default=list,
        blank=True,
    )
    i18n = TranslationField(fields=("title", "description"))
    title_i18n: str
    description_i18n: str

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="track_key_once")]

    def __str__(self) -> str:
        return self.title_i18n

    @property
    def programme_id(self):
        return self.call.programme_id


class Condition(Row):
    """An eligibility condition, or another point of the checklist: computed where it can be, else checked by people.

    An `internal` point guides the staff alone: applicants do not read it.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="conditions")
    track = models.ForeignKey(Track, models.CASCADE, null=True, blank=True, related_name="conditions")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("condition"), max_length=300)
    kind = models.CharField(
        _("how it is checked"), max_length=20, choices=ConditionKind.choices, default=ConditionKind.STAFF
    )
    parameters = models.JSONField(default=dict, blank=True)
    internal = models.BooleanField(_("for the staff's checklist alone"), default=False)
    i18n = TranslationField(fields=("title",))
    title_i18n: str

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="condition_key_once")]

    def __str__(self) -> str:
        return self.title_i18n

    @property
    def passage(self) -> str:
        """Where it stands on the call's page."""
        return f"condition-{self.key}"

    @property
    def promise(self) -> str:
        """What it lays down beyond its title, in words; of most kinds nothing."""
        return aid.in_words(self.parameters) if self.kind == ConditionKind.DE_MINIMIS else ""


class Criterion(Row):
    """A criterion that jurors score. Weights of a call add up to 100.

    `descriptors` is a list of `{"value": 1, "word": {"it": .., "en": ..}, "text": {"it": .., "en": ..}}`.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    question = models.TextField(_("what to ask oneself"), blank=True)
    weight = models.DecimalField(_("weight"), max_digits=5, decimal_places=2)
    scale_min = models.SmallIntegerField(_("lowest score"), default=1)
    scale_max = models.SmallIntegerField(_("highest score"), default=5)
    descriptors = models.JSONField(_("what each score means"), default=list, blank=True)
    i18n = TranslationField(fields=("title", "question"))
    title_i18n: str
    question_i18n: str

    class Meta:
        ordering = ["position"]
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="criterion_key_once"),
            models.CheckConstraint(
                condition=models.Q(scale_max__gt=models.F("scale_min")), name="criterion_scale"
            ),
            models.CheckConstraint(condition=models.Q(weight__gt=0), name="criterion_weight_positive"),
        ]

    def __str__(self) -> str:
        return self.title_i18n


class Award(Row):
    """What the call gives. `buys` is what its money may buy, `suppliers` from whom (name and tax code), claimed up to
    `last_day` or within `lasts_months` of being awarded; empty: the call does not say.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="awards")
    track = models.ForeignKey(Track, models.CASCADE, null=True, blank=True, related_name="awards")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=AwardKind.choices)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    quantity = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    buys = ArrayField(
        models.CharField(max_length=12, choices=Purchase.choices),
        verbose_name=_("what it may buy"),
        default=list,
        blank=True,
    )
    suppliers = models.JSONField(_("from whom"), default=list, blank=True)
    last_day = models.DateField(_("last day to claim it"), null=True, blank=True)
    lasts_months = models.PositiveSmallIntegerField(
        _("months to claim it"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(vouchers.MOST_MONTHS)],
    )
    i18n = TranslationField(fields=("title", "description"))
    title_i18n: str
    description_i18n: str

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="award_key_once"),
            models.CheckConstraint(
                condition=models.Q(last_day=None) | models.Q(lasts_months=None), name="award_ends_one_way"
            ),
        ]

    def __str__(self) -> str:
        return self.title_i18n

    @property
    def passage(self) -> str:
        """Where it stands on the call's page."""
        return f"award-{self.key}"

    @property
    def promise(self) -> list[str]:
        """What it may buy, from whom, by when it is claimed: a sentence for each that the call says."""
        return vouchers.in_words(self.buys, self.suppliers, self.last_day, self.lasts_months)
