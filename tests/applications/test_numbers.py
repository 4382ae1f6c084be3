"""Whatever teams do and in whatever order: numbers run from one without gaps, and nobody's ever changes."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.applications import ApplicationFactory, open_call
from vivaio.applications import actions
from vivaio.applications.models import Application
from vivaio.kit.rules import Refused

pytestmark = pytest.mark.django_db

WAYS = {
    "submit": lambda one: actions.submit(one, by=one.created_by, declared=True, noticed=True),
    "withdraw": lambda one: actions.withdraw(one, by=one.created_by),
    "reopen": lambda one: actions.reopen(one, by=one.created_by),
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(sorted(WAYS))), max_size=12))
def test_numbers_have_no_gaps_and_stay(db, steps):
    with transaction.atomic():
        call = open_call()
        drafts = [ApplicationFactory(call=call) for _time in range(3)]
        kept = {}
        for at, way in steps:
            try:
                WAYS[way](drafts[at])
            except Refused:
                continue
            number = Application.objects.get(pk=drafts[at].pk).number
            assert kept.get(at) in (None, number)
            kept[at] = number
        found = sorted(Application.objects.filter(number__isnull=False).values_list("number", flat=True))
        assert found == list(range(1, len(found) + 1))
        transaction.set_rollback(True)  # the next example starts anew
