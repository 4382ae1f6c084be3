"""What is hostile is refused in words: no address fails, nothing typed is lost, nothing typed runs.

Each run tries a few forms of each address, the same ones every time. `VIVAIO_HOSTILE=200 pytest
tests/house/test_hostile.py` tries others, so many to an address.
"""

import json
import os
from functools import partial
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.house import attack, hostile
from tests.house.asking import client_of
from tests.house.hostile import Sheet

TRIES = int(os.environ.get("VIVAIO_HOSTILE", "3"))
ANSWERS = {"200", "204", "302", "400", "403", "404", "405", "409", "413", "422", "login"}

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

tried = settings(
    deadline=None,
    database=None,
    derandomize="VIVAIO_HOSTILE" not in os.environ,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
A_TEXT = st.sampled_from([text.replace("\ud800", "\ufffd") for text in (*hostile.TEXTS, hostile.HUGE)])
A_SHORT_TEXT = A_TEXT.filter(lambda text: len(text) < 6_000)
A_FILE = st.sampled_from(sorted(hostile.FILES)).map(hostile.file)
# What says which rows there are: rows that are not there, or are to go, are not drawn again.
COUNTING = ("_FORMS", "-row", "-key", "DELETE", "remove", "ORDER", "place_number", "add", "another")
ANYTHING = st.none() | A_TEXT | st.lists(A_TEXT, min_size=2, max_size=3) | A_FILE


@pytest.fixture(scope="module")
def sheets(world, places):
    return attack.sheets(world, places)


@st.composite
def forms(draw, sheet: Sheet):
    """The form with some of its fields, or all, or none, changed, missing or of another kind."""
    names = sorted({*sheet.values, *sheet.files})
    sent = {name: list(values) for name, values in sheet.values.items()}
    how = draw(st.sampled_from(["one", "one", "some", "all", "nothing"]))
    if how == "nothing" or not names:
        return {}
    chosen = (
        names
        if how == "all"
        else draw(st.lists(st.sampled_from(names), min_size=1, max_size=1 if how == "one" else 6))
    )
    for name in chosen:
        value = draw(A_FILE | ANYTHING if name in sheet.files else ANYTHING)
        sent.pop(name, None)
        if value is not None:
            sent[name] = value
    return sent


def tries(strategy, attempt, times=TRIES):
    """Try the attempt on what the strategy gives, so many times."""

    def once(given_now):
        attempt(given_now)

    settings(tried, max_examples=times)(given(strategy)(once))()


def forgotten(sheet: Sheet, sent, url: str, page: str) -> list[str]:
    """The texts that were typed and that the page, drawn again, does not hold any more."""
    if any(name.endswith(COUNTING) for name in changed(sent, sheet)):
        return []
    drawn = hostile.Forms(url, page).found.get(urlsplit(url).path, Sheet())
    return [
        name
        for name in sorted(sheet.texts & drawn.texts & set(sent))
        if isinstance(sent[name], str) and plain(sent[name]) != plain((drawn.values[name] or [""])[-1])
    ]


def changed(sent, sheet: Sheet) -> set[str]:
    return {name for name in {*sent, *sheet.values} if sent.get(name) != sheet.values.get(name)}


def plain(text: str) -> str:
    return "".join(text.replace("\0", "").replace("\ufffd", "").split())


def test_a_hostile_form_is_refused_in_words_and_keeps_what_was_typed(world, places, sheets):
    wrong: dict[str, str] = {}
    for name, role, url in attack.targets(world, places):
        client, sheet = client_of(world, role), sheets[urlsplit(url).path]

        def attempt(sent, name, client, sheet, url):
            answer, failure = attack.asked(client, "post", url, sent)
            if failure or answer.status not in ANSWERS:
                wrong[name] = f"{answer.status} {shown(sent, sheet)}\n{failure}"
            elif answer.is_page:
                page = answer.response.content.decode()
                if hostile.SCRIPT in page:
                    wrong[name] = f"runs what was typed: {shown(sent, sheet)}"
                if lost := forgotten(sheet, sent, url, page):
                    wrong[name] = f"{lost} forgotten of {shown(sent, sheet)}"

        tries(forms(sheet), partial(attempt, name=name, client=client, sheet=sheet, url=url))
    assert wrong == {}, "\n".join(f"{name}: {what}" for name, what in wrong.items())


def shown(sent, sheet: Sheet) -> str:
    """What differs from the form as it stood."""
    told = {name: value for name, value in sent.items() if value != sheet.values.get(name)}
    return str(told)[:400] + f" without {sorted({*sheet.values} - set(sent))[:20]}"


A_THING = st.sampled_from(hostile.THINGS)
PATHS = st.sampled_from(
    ["idea", "title", "drawing", "note", "score-bisogno", "members[0]/name", "nothing", "", "x" * 300]
)
A_CHANGE = st.fixed_dictionaries(
    {"path": PATHS | A_THING, "value": A_THING},
    optional={
        "revision": A_THING,
        "base": A_THING,
        "op": st.sampled_from(["set", "add_row", "remove_row", None, []]),
    },
)
BODIES = st.fixed_dictionaries({"changes": st.lists(A_CHANGE, max_size=4) | A_THING}) | A_THING


@pytest.mark.parametrize(("name", "role"), [("applications:save", "applicant"), ("jury:autosave", "juror")])
def test_what_a_script_sends_is_refused_in_words(world, places, name, role):
    client, wrong = client_of(world, role), []

    def attempt(body):
        answer, failure = attack.asked(
            client, "post", places[name], json.dumps(body), content_type="application/json"
        )
        if failure or answer.status not in ANSWERS:
            wrong.append(f"{body}: {answer.status}\n{failure}")

    tries(BODIES, attempt, TRIES * 10)
    for raw in (b"", b"\xff", b"[" * 100_000, b"NaN", b'{"changes": [{"path": "idea", "value": NaN}]}'):
        answer, failure = attack.asked(client, "post", places[name], raw, content_type="application/json")
        if failure or answer.status not in ANSWERS:
            wrong.append(f"{raw[:50]}: {answer.status}\n{failure}")
    assert wrong == []


def test_a_hostile_question_never_makes_a_page_fail(world, places):
    wrong: dict[str, str] = {}
    for name, url in places.items():
        role = attack.reader(name)
        if role is None:
            continue
        client = client_of(world, role)
        names = attack.questions(client, url)

        def attempt(asked, name, client, url):
            answer, failure = attack.asked(client, "get", url, asked)
            if failure or answer.status not in ANSWERS:
                wrong[name] = f"{answer.status} {str(asked)[:300]}\n{failure}"
            elif answer.is_page and hostile.SCRIPT in answer.response.content.decode():
                wrong[name] = f"runs what was asked: {str(asked)[:300]}"

        asking = st.dictionaries(st.sampled_from(names), A_SHORT_TEXT, min_size=1)
        tries(asking, partial(attempt, name=name, client=client, url=url), max(1, TRIES // 2))
    assert wrong == {}, "\n".join(f"{name}: {what}" for name, what in wrong.items())
