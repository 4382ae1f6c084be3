"""Filters: a closed list of choices each; what is not on the list filters nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Model, Q, QuerySet, TextField
from django.utils.translation import gettext_lazy as _

ALL = _("All")
Choices = Iterable[tuple[Any, Any]]


@dataclass(frozen=True)
class ChoiceFilter:
    """Rows whose `field` (the key unless given) is the chosen value.

    `choices` are pairs, or a callable that gives them. `narrow(queryset, value)` replaces the plain lookup.
    """

    key: str
    label: Any
    choices: Choices | Callable[[], Choices]
    field: str = ""
    narrow: Callable[[QuerySet, str], QuerySet] | None = None
    everything: Any = ALL

    @property
    def is_of_the_moment(self) -> bool:
        """Whether what it leaves depends on more than the chosen value: then its statement is built each time."""
        return bool(getattr(self.narrow, "__closure__", ()))

    def options(self) -> list[tuple[str, Any]]:
        """The choices, their values as an address writes them; groups are laid flat."""
        given = self.choices() if callable(self.choices) else self.choices
        flat: list[tuple[str, Any]] = []
        for value, label in given:
            flat += (
                [(str(v), name) for v, name in label]
                if isinstance(label, (list, tuple))
                else [(str(value), label)]
            )
        return [(value, label) for value, label in flat if value != ""]

    def apply(self, queryset: QuerySet, value: str) -> QuerySet:
        if self.narrow:
            return self.narrow(queryset, value)
        path = self.field or self.key
        return once_each(queryset, Q(**{path: value}), [path])


@dataclass(frozen=True)
class YesNoFilter(ChoiceFilter):
    """Rows for which a boolean field, or `narrow`, says yes or no."""

    choices: Choices | Callable[[], Choices] = (("yes", _("Yes")), ("no", _("No")))

    def apply(self, queryset: QuerySet, value: str) -> QuerySet:
        if self.narrow:
            return self.narrow(queryset, value)
        return queryset.filter(**{self.field or self.key: value == "yes"})


def search(queryset: QuerySet, paths: Iterable[str], words: list[str]) -> QuerySet:
    """Rows in which every word stands in at least one of the fields; accents and case do not matter."""
    paths = list(paths)
    lookups = [
        f"{path}__unaccent__icontains" if is_text(queryset, path) else f"{path}__icontains" for path in paths
    ]
    for word in words:
        condition = Q()
        for lookup in lookups:
            condition |= Q(**{lookup: word})
        queryset = once_each(queryset, condition, paths)
    return queryset


def once_each(queryset: QuerySet, condition: Q, paths: Iterable[str]) -> QuerySet:
    """Filter so that a row with two matching relatives still comes once."""
    if any(_crosses_many(queryset.model, path) for path in paths):
        return queryset.filter(pk__in=queryset.model._base_manager.filter(condition).values("pk"))
    return queryset.filter(condition)


def _steps(model: type[Model], path: str) -> list[Any]:
    steps: list[Any] = []
    for part in path.split("__"):
        try:
            step = model._meta.get_field(part)
        except FieldDoesNotExist:
            break
        steps.append(step)
        model = getattr(step, "related_model", None) or model
    return steps


def _crosses_many(model: type[Model], path: str) -> bool:
    return any(step.one_to_many or step.many_to_many for step in _steps(model, path))


def is_text(queryset: QuerySet, path: str) -> bool:
    """Whether words can be looked for in this field."""
    if path in queryset.query.annotations:
        kind = queryset.query.annotations[path].output_field
    else:
        steps = _steps(queryset.model, path)
        kind = steps[-1] if steps else None
    return isinstance(kind, (CharField, TextField))
