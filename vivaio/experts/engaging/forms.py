"""Input shapes of engagements, sessions, hours and evaluations."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vivaio.experts import hours
from vivaio.experts.models import Bank, Engagement, EngagementSession
from vivaio.experts.states import Mark, Side
from vivaio.kit.formats import number
from vivaio.kit.forms import in_reach
from vivaio.kit.money import AmountField

WORDS = {"rows": 3}


class HoursField(forms.CharField):
    """Hours in quarters, typed in either style: 12, 1,5 or 0.25. Kept in minutes."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value: Any) -> Any:
        return number(hours.hours_of(value)) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return hours.minutes_of(Decimal(str(value).strip().replace(",", ".")))
        except (InvalidOperation, ValueError, OverflowError):
            raise ValidationError(_t("Write the hours in quarters: 12, 1,5 or 0,25."), code="hours") from None


class HowLongField(forms.TypedChoiceField):
    """How long one session is."""

    def __init__(self, **kwargs: Any):
        super().__init__(choices=hours.choices, coerce=int, **kwargs)


class TermsForm(forms.Form):
    """Goal, hours, from when until when, and which competence the hours count for."""

    goal = forms.CharField(label=_("Goal"), max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
    agreed_minutes = HoursField(label=_("Hours in all"), help_text=_("In quarters of an hour: 12, 1,5."))
    starts_on = forms.DateField(label=_("From"), validators=[in_reach])
    ends_on = forms.DateField(label=_("Until"), validators=[in_reach])
    competence = forms.ModelChoiceField(
        queryset=None,
        label=_("Competence that the hours count for"),
        required=False,
        empty_label=_("No single competence"),
    )
    words = forms.CharField(
        label=_("Words for the other side"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=WORDS),
    )

    def __init__(self, data: Any, engagement: Engagement, competences: Any):
        kept = ("goal", "agreed_minutes", "starts_on", "ends_on", "competence")
        super().__init__(data, initial={name: getattr(engagement, name) for name in kept})
        self.fields["competence"].queryset = competences  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """What the actions take."""
        values = dict(self.cleaned_data)
        return {"words": values.pop("words"), "values": values}


class WordsForm(forms.Form):
    """Why, or whatever there is to say."""

    words = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs=WORDS))


class NoteForm(forms.Form):
    """Something for both sides to read."""

    words = forms.CharField(
        label=_("Write a note"), max_length=2000, widget=forms.Textarea(attrs=WORDS),
        help_text=_("The expert, the team and the programme read it."),
    )  # fmt: skip


class EndForm(WordsForm):
    """Why it ends, and whether the help is still needed."""

    needed = forms.BooleanField(
        label=_("The help is still needed: the programme looks for somebody else"), required=False
    )


class ExtensionForm(forms.Form):
    """How many hours more, until when, and why."""

    minutes = HoursField(
        label=_("Hours more"), required=False, help_text=_("Leave it empty to ask for time alone.")
    )
    ends_on = forms.DateField(label=_("Until"), validators=[in_reach])
    words = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs=WORDS))

    def clean_minutes(self) -> int:
        return self.cleaned_data["minutes"] or 0


class WhenForm(forms.Form):
    """The day and the hour of a session, on the clocks of the programme."""

    topic = forms.CharField(label=_("What about"), max_length=200)
    day = forms.DateField(label=_("Day"), validators=[in_reach])
    hour = forms.TimeField(label=pgettext_lazy("hour of a session", "At"))

    def __init__(self, data: Any, zone: str, **initial: Any):
        super().__init__(data, initial=initial)
        self.zone = ZoneInfo(zone)

    @property
    def starts_at(self) -> dt.datetime:
        """The instant that day and hour name."""
        return dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"], tzinfo=self.zone)


class SessionForm(WhenForm):
    """A session to come: when, how long, where."""

    planned_minutes = HowLongField(label=_("How long"), initial=hours.HOUR)
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    link = forms.CharField(
        label=_("Link to the call"), max_length=400, required=False,
        help_text=_("If you meet at a distance: the whole address, beginning with https://"),
        validators=[URLValidator(schemes=["http", "https"])],
    )  # fmt: skip

    def __init__(self, data: Any, zone: str, session: EngagementSession | None = None):
        super().__init__(data, zone, **({} if session is None else planned(session, ZoneInfo(zone))))
        if session is not None:
            self.fields["words"] = forms.CharField(
                label=_("Words for the other side"),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs=WORDS),
            )

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take."""
        kept = {name: self.cleaned_data[name] for name in ("topic", "planned_minutes", "place", "link")}
        return kept | {"starts_at": self.starts_at}


def planned(session: EngagementSession, zone: ZoneInfo) -> dict[str, Any]:
    """A session as its form shows it."""
    at = session.starts_at.astimezone(zone)
    kept = {name: getattr(session, name) for name in ("topic", "planned_minutes", "place", "link")}
    return kept | {"day": at.date(), "hour": at.time().replace(tzinfo=None)}


class HeldForm(WhenForm):
    """A session that was held without being planned here."""

    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    minutes = HowLongField(label=_("How long it was"), initial=hours.HOUR)
    words = forms.CharField(
        label=_("What you did"), max_length=2000, required=False, widget=forms.Textarea(attrs=WORDS),
        help_text=_("The expert, the team and the programme read it."),
    )  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        """What the actions take."""
        data = self.cleaned_data
        values = {"topic": data["topic"], "place": data["place"], "starts_at": self.starts_at}
        return {"values": values, "minutes": data["minutes"], "words": data["words"]}


class TellForm(forms.Form):
    """How long a session was; whoever corrects the other side says why."""

    minutes = HowLongField(label=_("How long it was"))
    words = forms.CharField(
        label=_("What you did"), max_length=2000, required=False, widget=forms.Textarea(attrs=WORDS),
        help_text=_("The expert, the team and the programme read it."),
    )  # fmt: skip

    def __init__(self, data: Any, session: EngagementSession):
        known = session.minutes or session.told_minutes
        super().__init__(data, initial={"minutes": known or session.planned_minutes})
        if known:
            self.fields["words"].label = _("Why you correct them")
            self.fields["words"].required = True


class ComingForm(forms.Form):
    """How often the session had been moved when whoever comes read it."""

    changes = forms.IntegerField()


class ConfirmForm(forms.Form):
    """The hours as whoever confirms them has read them."""

    minutes = forms.IntegerField()


QUESTIONS = {
    Side.EXPERT: {
        "goal": _("The goal was reached"),
        "part": _("The team was prepared and took part"),
        "together": _("We worked well together"),
        "again": _("I would help this initiative again"),
    },
    Side.TEAM: {
        "goal": _("The goal was reached"),
        "part": _("It was the competence that we needed"),
        "together": _("We worked well together"),
        "again": _("We would ask this expert again"),
    },
}


class EvaluationForm(forms.Form):
    """Four sentences, how far each holds, and words."""

    goal = forms.TypedChoiceField(choices=Mark.choices, coerce=int, widget=forms.RadioSelect)
    part = forms.TypedChoiceField(choices=Mark.choices, coerce=int, widget=forms.RadioSelect)
    together = forms.TypedChoiceField(choices=Mark.choices, coerce=int, widget=forms.RadioSelect)
    again = forms.TypedChoiceField(choices=Mark.choices, coerce=int, widget=forms.RadioSelect)
    words = forms.CharField(
        label=pgettext_lazy("evaluation", "In your words"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, data: Any, side: Side):
        super().__init__(data)
        for name, label in QUESTIONS[side].items():
            self.fields[name].label = label


class ValueForm(forms.Form):
    """What an hour given free of charge counts for."""

    amount = AmountField(label=_("Value of an hour given free of charge"))
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)

    def __init__(self, data: Any, bank: Bank | None, currency: str):
        known = {"amount": bank.hour_value, "currency": bank.currency} if bank else {"currency": currency}
        super().__init__(data, initial=known)

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()
