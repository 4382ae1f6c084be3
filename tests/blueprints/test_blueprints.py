"""A programme as one file: planned, applied again and again, told again."""

import copy
import datetime as dt

import pytest
import yaml
from django.urls import reverse
from django.utils.translation import override

from tests.factories.people import PersonFactory
from tests.factories.programmes import PartnerFactory, holder
from vivaio.blueprints import actions, queries
from vivaio.blueprints.reading import Unreadable
from vivaio.calls.models import Call, Criterion
from vivaio.calls.states import CallState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import Wording
from vivaio.programmes.models import Phase, Programme, RoleHolding

pytestmark = pytest.mark.django_db
NAMES = [one.name for one in queries.shipped()]


def content(name="miracolo-a-milano"):
    return {one.name: one.path for one in queries.shipped()}[name].read_bytes()


def test_the_four_programmes_come_with_the_product():
    assert set(NAMES) == {
        "hub-innovazione-inclusiva",
        "milano-sei-l-altro",
        "miracolo-a-milano",
        "socialimakers",
    }


@pytest.mark.parametrize("name", NAMES)
def test_applying_twice_changes_nothing_the_second_time(name):
    assert actions.apply(content(name), by=None).written
    assert actions.apply(content(name), by=None).changes == ()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_exported_gives_the_same_programme_elsewhere(name):
    first = actions.apply(content(name), by=None).programme
    told = queries.told(first)
    text = queries.exported(first).replace(f"slug: {first.slug}", "slug: altrove", 1)
    second = actions.apply(text.encode(), by=None).programme
    told_again = queries.told(second)
    told_again["programme"]["slug"] = told["programme"]["slug"]
    assert told_again == told


@pytest.mark.parametrize("name", NAMES)
def test_whoever_needs_help_finds_whom_to_write_to(client, name):
    """The pages on help and accessibility lead to the programme's page for the address."""
    programme = actions.apply(content(name), by=None).programme
    assert programme.contact_email.endswith(".example")
    for language, help_words, question in (
        ("it", "come scrivergli", "Domande?"),
        ("en", "how to write to them", "Questions?"),
    ):
        assert help_words in client.get(f"/{language}/help/").content.decode()
        with override(language):
            page = client.get(reverse("desk:programme", args=[programme.slug])).content.decode()
        assert question in page
        assert f'<a href="mailto:{programme.contact_email}">' in page


def test_a_plan_says_what_would_change_and_changes_nothing():
    plan = actions.plan(content(), by=None)
    assert {change.action for change in plan.written} == {"created", "published"}
    assert not Programme.objects.exists()


def test_miracolo_opens_with_its_two_tracks():
    actions.apply(content(), by=None)
    call = Call.objects.get(slug="selezione")
    assert call.state == CallState.PUBLISHED
    assert [(track.title, track.places) for track in call.tracks.all()] == [
        ("Cooperative", 10),
        ("Spin-off e start-up", 9),
    ]
    assert sum(call.criteria.values_list("weight", flat=True)) == 100


def test_start_shifts_every_date_by_the_same_days():
    actions.apply(content(), by=None, start=dt.date(2026, 7, 30))
    programme = Programme.objects.get()
    call = Call.objects.get(slug="selezione")
    assert programme.starts_on == dt.date(2026, 7, 30)
    closing = call.closes_at.astimezone(dt.timezone(dt.timedelta(hours=2)))
    assert closing.replace(tzinfo=None) == dt.datetime(2026, 9, 15, 23, 59)  # noqa: DTZ001 compared as local time
    assert programme.phases.get(key="contests").dates == ""


def test_what_people_made_is_kept():
    programme = actions.apply(content(), by=None).programme
    PartnerFactory(programme=programme, key="nostro", name="Un partner nostro")
    applied = actions.apply(content(), by=None)
    assert [change.path for change in applied.kept] == ["programme/partners/nostro"]
    assert programme.partners.filter(key="nostro").exists()


def test_a_changed_title_is_one_change_and_is_said():
    actions.apply(content(), by=None)
    changed = content().replace(b"it: Analisi dei bisogni", b"it: Lettura dei bisogni")
    plan = actions.plan(changed, by=None)
    assert [(change.path, change.fields[0][0]) for change in plan.written] == [
        ("programme/phases/needs-analysis", "title")
    ]
    actions.apply(changed, by=None)
    assert Phase.objects.get(key="needs-analysis").title == "Lettura dei bisogni"


def test_terms_are_fixed_once_the_call_has_opened():
    actions.apply(content(), by=None, start=clock.today() - dt.timedelta(days=10))
    heavier = content().replace(b"weight: 30", b"weight: 35").replace(b"weight: 20", b"weight: 15")
    with pytest.raises(Refused, match="Ricerca e selezione"):
        actions.apply(heavier, by=None, start=clock.today() - dt.timedelta(days=10))
    assert Criterion.objects.get(key="innovation").weight == 30


def test_only_the_administrator_creates_a_programme_and_then_runs_it():
    with pytest.raises(Refused):
        actions.apply(content(), by=PersonFactory())
    administrator = PersonFactory(is_administrator=True)
    programme = actions.apply(content(), by=administrator).programme
    assert RoleHolding.objects.get(programme=programme).person == administrator


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (b"places: 10", b"places: ten", "ten"),
        (b"phase: selection", b"phase: nowhere", "nowhere"),
        (b"  slug: miracolo-a-milano", b"  slug: miracolo-a-milano\n  slogan: viva", "slogan"),
        (b"closes_at: 2020-09-15T23:59", b"closes_at: 15/09/2020", "15/09/2020"),
        (b"relevant: ${standing} = 'difficulty'", b"relevant: ${nobody} = 'x'", "nobody"),
        (b"key: impact", b"key: need", "need"),
    ],
)
def test_a_problem_names_its_line(before, after, says):
    broken = content().replace(before, after, 1)
    line = content()[: content().index(before)].count(b"\n") + 1
    with pytest.raises(Unreadable) as caught:
        actions.plan(broken, by=None)
    assert any(
        abs(problem.line - line) <= 12 and says in problem.message for problem in caught.value.problems
    )


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"\xff\xfe\x00",
        b"vivaio: [1, 2",
        b"a: &a [x, x]\nb: [*a, *a]",
        b"vivaio: 1\nprogramme: 3",
        b"- a list",
        b"? [a, b]\n: c",
        b"vivaio: 1\nvivaio: 1",
        b"[" * 5000,
        b"vivaio: !!python/object/apply:os.system ['true']",
        b"vivaio: 1\nprogramme: {slug: a, title: {it: [1]}}",
        b"x: 2020-99-99\ny: 0x_\nz: 1:2:3",
    ],
)
def test_a_hostile_file_is_refused_with_words(hostile):
    with pytest.raises(Unreadable) as caught:
        actions.plan(hostile, by=None)
    assert all(problem.message and problem.line >= 1 for problem in caught.value.problems)


def test_the_export_is_plain_yaml():
    programme = actions.apply(content(), by=None).programme
    assert yaml.safe_load(queries.exported(programme))["programme"]["title"]["it"] == "Miracolo a Milano"


def test_other_words_in_the_notice_make_a_new_version_and_the_same_words_none():
    programme = actions.apply(content(), by=None).programme
    words = "Per ricevere e valutare le candidature"
    changed = content().replace(words.encode(), b"Per ricevere, leggere e valutare le candidature", 1)
    assert actions.plan(changed, by=None).written
    actions.apply(changed, by=None)
    actions.apply(changed, by=None)
    assert [notice.number for notice in programme.notices.all()] == [2, 1]


def staged():
    """The programme of the demo with a pitch after its call."""
    data = yaml.safe_load(content())
    first = data["calls"][0]
    first["stage_name"], first["going_on"] = {"it": "Preselezione", "en": "Pre-selection"}, "threshold"
    for key in (
        "published",
        "opens_at",
        "closes_at",
        "questions_until",
        "scoring_opens_at",
        "scoring_closes_at",
    ):
        first.pop(key, None)
    first |= {"published": False, "opens_at": "2099-01-01T09:00", "closes_at": "2099-02-01T09:00"}
    pitch = {
        "slug": "pitch", "title": "Pitch", "follows": first["slug"], "stage_name": "Pitch",
        "opens_at": "2099-03-01T09:00", "closes_at": "2099-04-01T09:00", "tracks": copy.deepcopy(first["tracks"]),
    }  # fmt: skip
    data["calls"].append(pitch)
    return data


def written(data):
    return yaml.safe_dump(data, allow_unicode=True).encode()


def test_stages_are_brought_and_told_again_in_their_order():
    programme = actions.apply(written(staged()), by=None).programme
    pitch = Call.objects.get(programme=programme, slug="pitch")
    assert (pitch.follows.slug, pitch.follows.going_on, pitch.stage_name) == (
        staged()["calls"][0]["slug"],
        "threshold",
        "Pitch",
    )
    assert actions.apply(written(staged()), by=None).changes == ()
    text = queries.exported(programme)
    slugs = [one["slug"] for one in yaml.safe_load(text)["calls"]]
    assert slugs.index("pitch") == slugs.index(pitch.follows.slug) + 1
    again = actions.apply(
        text.replace(f"slug: {programme.slug}", "slug: altrove", 1).encode(), by=None
    ).programme
    assert Call.objects.get(programme=again, slug="pitch").follows.stage_name == "Preselezione"


def lettered(**changes):
    data = yaml.safe_load(content())
    receipt = {
        "letter": "applications.receipt",
        "subject": {"it": "Arrivata: {{ title }}", "en": "It is here: {{ title }}"},
        "text": {
            "it": "N. {{ number }}, {{ at }}. [Apri]({{ link }})",
            "en": "No. {{ number }}, {{ at }}. [Open]({{ link }})",
        },
    }
    data["calls"][0]["letters"] = [receipt | changes]
    return data


def test_letters_in_own_words_are_brought_told_and_brought_elsewhere():
    done = actions.apply(written(lettered()), by=None)
    call = Call.objects.get(programme=done.programme, slug=lettered()["calls"][0]["slug"])
    assert f"calls/{call.slug}/letters/applications.receipt" in [change.path for change in done.written]
    own = {row.language: (row.subject, row.body) for row in Wording.objects.filter(owner=call.pk)}
    assert own["en"] == ("It is here: {{ title }}", "No. {{ number }}, {{ at }}. [Open]({{ link }})\n")
    assert actions.apply(written(lettered()), by=None).changes == ()
    text = queries.exported(done.programme).replace(f"slug: {done.programme.slug}", "slug: altrove", 1)
    again = actions.apply(text.encode(), by=None).programme
    copied = Wording.objects.filter(owner=Call.objects.get(programme=again, slug=call.slug).pk)
    assert {row.language: (row.subject, row.body) for row in copied} == own


def test_other_words_are_a_change_and_letters_that_the_file_does_not_name_are_kept():
    done = actions.apply(written(lettered()), by=None)
    subject = {"it": "Ricevuta: {{ title }}", "en": "It is here: {{ title }}"}
    (change,) = actions.plan(written(lettered(subject=subject)), by=None).written
    assert change.fields == (("subject.it", "Arrivata: {{ title }}", "Ricevuta: {{ title }}"),)
    assert Wording.objects.get(language="it").subject == "Arrivata: {{ title }}"
    (kept,) = actions.apply(content(), by=None).kept
    assert kept.path.endswith("letters/applications.receipt")
    assert Wording.objects.filter(programme=done.programme.pk).count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"letter": "people.welcome"},
        {"letter": "nessuna"},
        {"subject": "Arrivata"},
        {"text": {"it": "{{ title.secret }} {{ link }}", "en": "{{ link }}"}},
        {"text": {"it": "Arrivata.", "en": "It is here."}},
        {"subject": {"it": "A\nB", "en": "It"}},
    ],
)
def test_letters_that_could_not_be_sent_are_refused_with_their_line(changes):
    with pytest.raises(Unreadable) as refused:
        actions.plan(written(lettered(**changes)), by=None)
    assert all(problem.line > 1 for problem in refused.value.problems)
    assert not Wording.objects.exists()


def test_letters_and_internal_conditions_stay_with_who_runs_the_programme():
    data = lettered()
    data["calls"][0]["conditions"] = [
        {"key": "dentro", "title": "Solo noi", "internal": True, "kind": "staff"}
    ]
    programme = actions.apply(written(data), by=None).programme
    call = Call.objects.get(programme=programme, slug=data["calls"][0]["slug"])
    Call.objects.filter(pk=call.pk).update(state=CallState.PUBLISHED)
    told = queries.exported(programme, PersonFactory())
    assert f"slug: {call.slug}" in told
    assert "Arrivata" not in told
    assert "Solo noi" not in told
    assert "Arrivata" in queries.exported(programme, holder(programme, "secretary"))


@pytest.mark.parametrize("change", ["before", "twice", "self", "circle"])
def test_stages_that_lead_nowhere_or_round_are_refused_with_words(change):
    data = staged()
    *others, pitch = data["calls"]
    if change == "before":
        data["calls"] = [pitch, *others]
    elif change == "twice":
        data["calls"].append({**copy.deepcopy(pitch), "slug": "altro"})
    elif change == "self":
        pitch["follows"] = "pitch"
    if change != "circle":
        with pytest.raises(Unreadable):
            actions.plan(written(data), by=None)
        return
    programme = actions.apply(written(data), by=None).programme
    only = {key: value for key, value in pitch.items() if key != "follows"}
    first = {**others[0], "follows": "pitch"}
    data["calls"] = [only, first]
    with pytest.raises(Refused):
        actions.apply(written(data), by=None)
    assert Call.objects.get(programme=programme, slug="pitch").follows is not None


@pytest.mark.parametrize("change", ["stage", "places", "track", "criterion"])
def test_what_an_opened_call_has_announced_is_not_brought_otherwise(change):
    data = staged()
    data["calls"][0]["opens_at"] = "2020-01-01T09:00"
    programme = actions.apply(written(data), by=None).programme
    programme.calls.filter(slug=data["calls"][0]["slug"]).update(state=CallState.PUBLISHED)
    assert actions.apply(written(data), by=None).changes == ()
    pitch = data["calls"][-1]
    if change == "stage":
        data["calls"].append({**copy.deepcopy(pitch), "slug": "altro", "follows": "pitch", "tracks": []})
    elif change == "places":
        pitch["tracks"][0]["places"] += 1
    elif change == "track":
        pitch["tracks"].append({**copy.deepcopy(pitch["tracks"][0]), "key": "altro"})
    else:
        data["calls"][0]["criteria"].append({"key": "altro", "title": "Altro", "weight": 0})
    with pytest.raises(Refused, match="aperto"):
        actions.apply(written(data), by=None)
