"""Every lifecycle is a whole table: no state forgotten, none out of reach, no move into the void."""

import enum
import importlib
from collections.abc import Mapping

import pytest
from django.apps import apps
from django.db import models

from tests.house import code


def state_modules():
    return [
        module
        for module in code.modules()
        if module.name.split(".")[2:] == ["states"] and module.room != "kit"
    ]


def tables():
    """(where, table) for every `MOVES` of every room."""
    for module in state_modules():
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            if name.endswith("MOVES") and isinstance(value, Mapping):
                yield pytest.param(value, id=f"{module.room}.{name}")


def kind_of(table) -> type[enum.Enum]:
    kinds = {type(state) for state in (*table, *(to for targets in table.values() for to in targets))}
    assert len(kinds) == 1, f"one table speaks of several lifecycles: {kinds}"
    return kinds.pop()


def firsts(kind) -> set:
    """Where a row may begin: the default of a field with these choices; the first state if it has none."""
    begun = {
        kind(field.default)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and field.has_default() and isinstance(field.default, kind)
    }
    return begun or {next(iter(kind))}


def test_there_are_tables():
    assert len(list(tables())) >= 10


@pytest.mark.parametrize("table", list(tables()))
def test_every_state_stands_in_its_table(table):
    kind = kind_of(table)
    assert set(table) == set(kind), "a state from which nothing leads says so: `STATE: set()`"


@pytest.mark.parametrize("table", list(tables()))
def test_every_state_can_be_reached(table):
    kind = kind_of(table)
    reached, ahead = set(), list(firsts(kind))
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead.extend(table.get(state, ()))
    assert reached == set(kind)


@pytest.mark.parametrize("table", list(tables()))
def test_no_state_moves_to_itself(table):
    assert not [state for state, targets in table.items() if state in targets]


def test_every_lifecycle_has_its_table():
    """A field called `state` moves, so its choices have a table."""
    told = {kind_of(parameter.values[0]) for parameter in tables()}
    values = [{state.value for state in kind} for kind in told]
    untold = [
        f"{model.__name__}.state"
        for model in apps.get_models()
        if model.__module__.startswith("vivaio.")
        for field in model._meta.get_fields()
        if isinstance(field, models.Field)
        and field.name == "state"
        and {value for value, _ in field.choices or ()} not in values
    ]
    assert not untold
