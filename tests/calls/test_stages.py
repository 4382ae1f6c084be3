"""A call in several stages: declared before the first opens, each a call of its own, told on one page."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.calls import CallFactory, CriterionFactory, TrackFactory
from tests.factories.programmes import RoleHoldingFactory
from tests.factories.questionnaires import FormVersionFactory
from vivaio.calls import actions, rules
from vivaio.calls.models import Call
from vivaio.calls.notices import actions as notice_actions
from vivaio.calls.notices import changes
from vivaio.calls.notices import queries as notices
from vivaio.calls.staging import actions as staging
from vivaio.calls.staging import queries
from vivaio.calls.states import CallState, Commenting, GoingOn, Reviewing
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused

DAY = dt.timedelta(days=1)


def manager_of(call):
    return RoleHoldingFactory(programme=call.programme, role="manager").person


@pytest.fixture
def first(db):
    """A call in preparation, whole but for its stages, that opens tomorrow."""
    call = CallFactory(
        state=CallState.DRAFT, title="Bando", opens_at=clock.now() + DAY, closes_at=clock.now() + 8 * DAY
    )
    call.form = FormVersionFactory(form__programme=call.programme)
    call.tie_breaks = ["criterion:bisogno"]
    call.save()
    TrackFactory(call=call, key="cooperative", title="Cooperative", places=6, minimum_score=50)
    CriterionFactory(call=call, key="bisogno", weight=100)
    return call


@pytest.fixture
def manager(first):
    return manager_of(first)


def added(call, by, name="Pitch", after=20, **more):
    opens = call.closes_at + after * DAY
    names = {"it": name, "en": f"{name} (en)"}
    more.setdefault("first_names", {"it": "Preselezione", "en": "Pre-selection"})
    return staging.add(call, by=by, names=names, opens_at=opens, closes_at=opens + 7 * DAY, **more)


def test_a_stage_is_a_call_that_follows_with_the_tracks_and_criteria_of_the_one_before(first, manager):
    second = added(first, manager, "Proposta")
    third = added(first, manager, "Pitch", after=60)
    assert [one.pk for one in queries.chain_of(second)] == [first.pk, second.pk, third.pk]
    assert str(second) == "Bando: Proposta"
    assert [track.key for track in third.tracks.all()] == ["cooperative"]
    assert third.tracks.get().pk != first.tracks.get().pk
    assert [(one.key, one.weight) for one in second.criteria.all()] == [("bisogno", 100)]
    assert second.tie_breaks == ["criterion:bisogno"]
    first.refresh_from_db()
    assert (first.stage_name, queries.name_of(second)) == ("Preselezione", "Proposta")
    assert Record.objects.filter(verb="calls.stage_added").count() == 2


def test_criteria_are_left_out_where_they_are_not_wanted(first, manager):
    second = added(first, manager, with_criteria=False)
    assert not second.criteria.exists()
    assert second.tie_breaks == []


def test_a_stage_is_as_blind_and_as_careful_as_the_one_before(first, manager):
    first.reviewing, first.two_persons = Reviewing.BLIND_TITLES, True
    first.commenting, first.comments_needed, first.comment_least = Commenting.EVERYBODY, True, 50
    first.save()
    second = added(first, manager, with_criteria=False)
    assert (second.reviewing, second.two_persons) == (Reviewing.BLIND_TITLES, True)
    assert (second.commenting, second.comments_needed, second.comment_least) == (
        Commenting.EVERYBODY,
        True,
        50,
    )


def test_a_stage_opens_when_the_one_before_has_closed(first, manager):
    with pytest.raises(Refused, match="chiude"):
        added(first, manager, after=-1)


def test_nobody_adds_a_stage_once_the_call_has_opened_or_from_elsewhere(first, manager):
    with pytest.raises(Refused):
        added(first, manager_of(CallFactory()))
    Call.objects.filter(pk=first.pk).update(state=CallState.PUBLISHED, opens_at=clock.now() - DAY)
    with pytest.raises(Refused, match="tappe"):
        added(Call.objects.get(pk=first.pk), manager)
    assert Call.objects.filter(follows=first).count() == 0


def test_the_publication_asks_for_names_order_tracks_and_the_minimum_that_lets_everybody_on(first, manager):
    second = added(first, manager, first_names=None)
    first.refresh_from_db()
    assert "un nome" in " ".join(rules.what_publication_needs(first))
    actions.amend(first, {"stage_name": "Preselezione", "going_on": GoingOn.THRESHOLD}, by=manager)
    first.tracks.update(minimum_score=0)
    second.tracks.update(key="altro")
    Call.objects.filter(pk=second.pk).update(opens_at=first.closes_at - DAY)
    wanting = " ".join(rules.what_publication_needs(Call.objects.get(pk=first.pk)))
    assert "un punteggio minimo" in wanting
    assert "gli stessi percorsi" in wanting
    assert "apre quando" in wanting


def test_a_later_stage_is_public_only_after_the_one_before_and_taken_back_before_it(first, manager):
    second = added(first, manager, form=first.form)
    with pytest.raises(Refused, match="Preselezione"):
        actions.publish(second, by=manager)
    actions.publish(first, by=manager)
    actions.publish(second, by=manager)
    with pytest.raises(Refused, match="Pitch"):
        actions.take_back(Call.objects.get(pk=first.pk), by=manager)


def opened(first, manager):
    """The first stage public and open; the second announced."""
    second = added(first, manager)
    actions.publish(first, by=manager)
    Call.objects.filter(pk=first.pk).update(opens_at=clock.now() - DAY)
    return Call.objects.get(pk=first.pk), Call.objects.get(pk=second.pk)


@pytest.mark.parametrize(
    "values",
    [{"stage_name": "Altro"}, {"closes_at": clock.now() + 99 * DAY}, {"going_on": GoingOn.THRESHOLD}],
)
def test_what_was_announced_of_a_later_stage_is_fixed_when_the_first_opens(first, manager, values):
    _first, second = opened(first, manager)
    with pytest.raises(Refused, match="ha aperto"):
        actions.amend(second, values, by=manager)
    track = second.tracks.get()
    track.places = 99
    with pytest.raises(Refused, match="ha aperto"):
        actions.arrange(second, "tracks", [actions.Line(track, ["places"])], by=manager)


def test_form_texts_and_criteria_of_a_later_stage_are_still_written(first, manager):
    first, second = opened(first, manager)
    actions.amend(second, {"text": "Come si presenta.", "form": first.form}, by=manager)
    criterion = second.criteria.get()
    criterion.title = "Chiarezza"
    actions.arrange(second, "criteria", [actions.Line(criterion, ["title"])], by=manager)
    second.refresh_from_db()
    assert (second.text, second.form, str(second.criteria.get())) == (
        "Come si presenta.",
        first.form,
        "Chiarezza",
    )


def test_a_stage_in_the_middle_is_taken_away_and_the_chain_closes(first, manager):
    second, third = added(first, manager), added(first, manager, after=60)
    staging.remove(second, by=manager)
    third.refresh_from_db()
    assert third.follows == first
    assert not Call.objects.filter(pk=second.pk).exists()


def test_the_first_stage_a_public_one_and_an_announced_one_are_not_taken_away(first, manager):
    second = added(first, manager, form=first.form)
    with pytest.raises(Refused):
        staging.remove(first, by=manager)
    actions.publish(first, by=manager)
    actions.publish(second, by=manager)
    with pytest.raises(Refused):
        staging.remove(Call.objects.get(pk=second.pk), by=manager)
    Call.objects.filter(pk=second.pk).update(state=CallState.DRAFT)
    Call.objects.filter(pk=first.pk).update(opens_at=clock.now() - DAY)
    with pytest.raises(Refused):
        staging.remove(Call.objects.get(pk=second.pk), by=manager)


def test_who_goes_on_is_said_in_words(first, manager):
    second = added(first, manager)
    [one, two] = queries.chain_of(second)
    assert queries.going_on_in_words(one) == "Passano a «Pitch» le migliori 6."
    assert queries.going_on_in_words(two) == ""
    Call.objects.filter(pk=first.pk).update(going_on=GoingOn.THRESHOLD)
    assert "50" in queries.going_on_in_words(queries.chain_of(Call.objects.get(pk=second.pk))[0])


def test_the_public_page_tells_the_stages_and_lists_show_the_call_once(client, first, manager):
    first, second = opened(first, manager)
    page = client.get(reverse("calls:call", args=[first.programme.slug, first.slug])).content.decode()
    assert "1. Preselezione" in page
    assert "2. Pitch" in page
    assert "Passano a «Pitch» le migliori 6." in page
    Call.objects.filter(pk=second.pk).update(state=CallState.PUBLISHED, opens_at=clock.now() - DAY)
    listed = client.get(reverse("calls:public_list", args=[first.programme.slug])).content.decode()
    assert listed.count("<article") == 1
    assert "Tappa 2" in listed
    page = client.get(reverse("calls:call", args=[second.programme.slug, second.slug])).content.decode()
    assert "Tappa 2 di 2" in page
    assert reverse("applications:apply", args=[second.programme.slug, second.slug]) not in page


def test_the_section_adds_names_and_removes(client, first, manager):
    client.force_login(manager)
    at = [first.programme.slug, first.slug]
    assert "Questo bando ha una sola tappa" in client.get(reverse("calls:stages", args=at)).content.decode()
    opens = clock.now() + 30 * DAY
    said = {
        "first": "Preselezione", "name": "Pitch", "opens_at": f"{opens:%Y-%m-%dT09:00}",
        "closes_at": f"{opens + 5 * DAY:%Y-%m-%dT18:00}", "with_criteria": "on",
    }  # fmt: skip
    client.post(reverse("calls:add_stage", args=at), said)
    second = Call.objects.get(follows=first)
    client.post(reverse("calls:stages", args=at), {"stage_name": "Prima", "going_on": "threshold"})
    first.refresh_from_db()
    assert (first.stage_name, first.going_on) == ("Prima", GoingOn.THRESHOLD)
    client.post(reverse("calls:remove_stage", args=[second.programme.slug, second.slug]))
    assert not Call.objects.filter(follows=first).exists()


def test_dates_of_later_stages_change_by_a_notice_of_the_one_that_runs(first, manager):
    first, second = opened(first, manager)
    key = f"stages-{second.slug}"
    opens, closes = second.opens_at + 5 * DAY, second.closes_at + 5 * DAY

    def published(**values):
        call = Call.objects.get(pk=first.pk)
        seen = notices.stands(call)
        return notice_actions.publish(call, values, reasons={"it": "La giuria."}, seen=seen, by=manager)

    with pytest.raises(Refused, match="dopo"):
        published(**{f"{key}-opens_at": closes, f"{key}-closes_at": opens})
    with pytest.raises(Refused, match="ancora venire"):
        published(**{f"{key}-opens_at": clock.now() - DAY})
    Call.objects.filter(pk=first.pk).update(scoring_opens_at=None, scoring_closes_at=None)
    with pytest.raises(Refused, match="Pitch"):
        published(closes_at=opens + DAY)
    with CaptureQueriesContext(connection) as made:
        notice = published(**{f"{key}-opens_at": opens, f"{key}-closes_at": closes})
    whole = ['"form_id"' in one["sql"] for one in made if 'UPDATE "calls_call"' in one["sql"]]
    assert sorted(whole) == [False, True], (
        "of the later stage its dates alone: somebody may be writing the rest"
    )
    second.refresh_from_db()
    assert (second.opens_at, second.closes_at) == (opens, closes)
    assert [one.label for one in changes.told(notice)] == ["Apre: Bando: Pitch", "Chiude: Bando: Pitch"]


def test_pages_of_stages_cost_little(client, first, manager):
    first, second = opened(first, manager)
    third = Call.objects.create(
        programme=first.programme, slug="terza", title="Terza", follows=second, stage_name="Terza",
        opens_at=second.closes_at, closes_at=second.closes_at + DAY,
    )  # fmt: skip
    for name, call in (
        ("call", first), ("manage", first), ("stages", first), ("add_stage", first), ("manage", third),
        ("stages", third), ("edit", second), ("notice", first),
    ):  # fmt: skip
        if name == "manage":
            client.force_login(manager)
        at = {"programme": call.programme.slug, "slug": call.slug}
        url = reverse(f"calls:{name}", kwargs={**at, "section": "texts"} if name == "edit" else at)
        assert client.get(url).status_code == 200  # the full text is written once, then kept
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        most = 13 if name == "manage" else 12  # of three stages the second says who goes on
        assert len(captured) <= most, (name, call.slug, [one["sql"][:110] for one in captured])
