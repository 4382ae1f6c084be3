"""Choosing one of many rows: from a list while they are few, by what one knows of it beyond that.

    organisation = PickField(label=_("Organisation"), found_by=("name", "tax_code"), exactly=("name", "tax_code"))
    ...
    self.fields["organisation"].offer(organisations_around(programme))

Up to `MOST_CHOICES` rows the field is a select. Of more it is a line to write in: what is called just so is taken; what
is only part of a name shows the first few that it may mean, to choose from. It needs no script, and finds nothing that
is not among the rows it was offered.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from vivaio.kit.tables.filters import is_text, search

MOST_CHOICES = 100
MOST_SHOWN = 10
MOST_WORDS = 8
LONGEST = 200
LONGEST_LIST = 50_000
MOST_TOLD = 5
MOST_NUMBER = 2**31 - 1
CHOOSE = _("Choose")


def plain(words: str) -> str:
    """The words without case, accents and space too much: what is called alike is the same."""
    signs = unicodedata.normalize("NFKD", words.casefold())
    return " ".join("".join(sign for sign in signs if not unicodedata.combining(sign)).split())


@dataclass(frozen=True)
class Said:
    """What was sent: the words, and which of the rows shown for them."""

    typed: str = ""
    chosen: str = ""


def by_key(rows: QuerySet[Any], key: Any) -> Any:
    """The row with this key, if it is one of them."""
    try:
        return rows.filter(pk=key).first() if key else None
    except (ValidationError, ValueError, TypeError):  # no key at all
        return None


class PickInput(forms.TextInput):
    """A line to write in, and under it the rows that the words may mean."""

    template_name = "kit/forms/pick.html"

    def __init__(self, field: "PickField"):
        super().__init__({"autocomplete": "off", "maxlength": LONGEST})
        self.field = field

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Said:
        return Said(data.get(name) or "", data.get(f"{name}_row") or "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_row" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        shown, chosen = self.field.shown, self.field.chosen
        if not isinstance(value, Said):  # what the form begins with: a row, or its key
            chosen = by_key(self.field.rows, value)
            shown, value = [chosen] if chosen else [], Said(str(chosen or ""))
        context: dict[str, Any] = super().get_context(name, value.typed, attrs)
        context["widget"]["rows"] = [
            (row.pk, self.field.named(row), self.field.details(row), row == chosen) for row in shown
        ]
        return context


class PickField(forms.Field):
    """One of the rows that are offered.

    `found_by` are the paths in which every word is looked for; who writes the whole of one of `exactly` means that row.
    `details(row)` tells rows of one name apart. The error `none` says what to do where nothing is found.
    """

    default_error_messages = {
        "none": _("Nothing is found for “%(typed)s”: try a single word of its name."),
        "sure": _("Is it this one? If so, send again; otherwise write more words."),
        "several": _("Choose which one you mean, or write more words."),
        "many": _("More than %(most)s may be meant. Here are the first: choose yours, or write more words."),
        "gone": _("Choose one of the list."),
    }  # fmt: skip

    def __init__(
        self,
        *,
        found_by: Sequence[str],
        exactly: Sequence[str],
        details: Callable[[Any], Any] = lambda row: "",
        empty_label: Any = CHOOSE,
        many_help: Any = "",
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.found_by, self.exactly = found_by, exactly
        self.details, self.empty_label, self.many_help = details, empty_label, many_help
        self.few: dict[str, Any] | None = {}
        self.named: Callable[[Any], Any] = str
        self.shown: list[Any] = []
        self.chosen: Any = None

    def offer(self, rows: QuerySet[Any], named: Callable[[Any], Any] = str) -> None:
        """From which rows, and how they are called."""
        self.rows, self.named = rows, named
        first = {str(row.pk): row for row in rows[: MOST_CHOICES + 1]}
        if len(first) <= MOST_CHOICES:
            self.few = first
            self.widget = forms.Select(
                choices=[("", self.empty_label), *((key, named(row)) for key, row in first.items())]
            )
        else:
            self.few = None
            self.widget = PickInput(self)
            self.help_text = self.many_help or self.help_text
        self.widget.is_required = self.required

    @property
    def offers(self) -> bool:
        """Whether there is anything to choose from."""
        return self.few is None or bool(self.few)

    def prepare_value(self, value: Any) -> Any:
        return str(value.pk) if isinstance(value, Model) else value

    def clean(self, value: Any) -> Any:
        said = value if isinstance(value, Said) else Said(str(value or ""))
        typed = forms.CharField(required=False, max_length=LONGEST).clean(said.typed)
        row = self._meant(typed, said.chosen) if typed else None
        self.validate(row)
        return row

    def _meant(self, typed: str, chosen: str) -> Any:
        if self.few is not None:
            if typed not in self.few:
                raise ValidationError(self.error_messages["gone"], code="gone")
            return self.few[typed]
        if row := by_key(self.rows, typed):  # chosen from a list that was short until now
            self.shown, self.chosen = [row], row
            return row
        rows = self._whole(typed)
        self.shown = list(rows[: MOST_SHOWN + 1])
        sure = len(self.shown) == 1
        if not self.shown:
            rows = search(self.rows, self.found_by, typed.split()[:MOST_WORDS])
            self.shown = list(rows[: MOST_SHOWN + 1])
        self.chosen = self._chosen(rows, chosen) or (self.shown[0] if len(self.shown) == 1 else None)
        if self.chosen and (sure or str(self.chosen.pk) == chosen):
            self.shown = [self.chosen]
            return self.chosen
        raise self._question(typed)

    def _whole(self, typed: str) -> QuerySet[Any]:
        """The rows that are called just so."""
        condition = Q(pk__in=[])
        for path in self.exactly:
            if is_text(self.rows, path):
                condition |= Q(**{f"{path}__unaccent__iexact": typed})
            elif typed.isdecimal() and int(typed) <= MOST_NUMBER:
                condition |= Q(**{path: int(typed)})
        return self.rows.filter(condition)

    def _chosen(self, rows: QuerySet[Any], chosen: str) -> Any:
        known = {str(row.pk): row for row in self.shown}
        if not chosen or chosen in known or len(known) <= MOST_SHOWN:
            return known.get(chosen)
        return by_key(rows, chosen)

    def _question(self, typed: str) -> ValidationError:
        """Which of the rows the words mean, or that they mean none."""
        code = "none" if not self.shown else "sure" if len(self.shown) == 1 else "several"
        if len(self.shown) > MOST_SHOWN:
            code, self.shown = "many", self.shown[:MOST_SHOWN]
        told = {"typed": typed, "most": MOST_SHOWN}
        return ValidationError(self.error_messages[code], code=code, params=told)


class PickManyField(forms.CharField):
    """Some of very many rows, their names written or pasted one a line; the value is their keys.

    `named` gives (key, name, what tells rows of one name apart): the latter is written after a semicolon. The errors
    `none` and `several` are the form's own: they tell `%(names)s` and what to write.
    """

    def __init__(self, named: Callable[[], Iterable[tuple[Any, str, str]]], **kwargs: Any):
        super().__init__(max_length=LONGEST_LIST, widget=forms.Textarea(attrs={"rows": 8}), **kwargs)
        self.named = named

    def clean(self, value: Any) -> list[Any]:
        lines = {plain(line): line.strip() for line in super().clean(value).splitlines() if line.strip()}
        if not lines:
            return []
        known: dict[str, set[Any]] = {}
        for key, name, more in self.named():
            for words in (name, f"{name}; {more}"):
                known.setdefault(plain(words), set()).add(key)
        for code, wrong in (
            ("none", [line for words, line in lines.items() if words not in known]),
            ("several", [line for words, line in lines.items() if len(known.get(words, ())) > 1]),
        ):
            if wrong:
                told = [_t("“%(name)s”") % {"name": line} for line in wrong[:MOST_TOLD]]
                told += ["…"] if wrong[MOST_TOLD:] else []
                raise ValidationError(self.error_messages[code], code=code, params={"names": ", ".join(told)})
        return [key for words in lines for key in known[words]]
