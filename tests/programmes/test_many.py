"""Rows chosen in a list, what would change, what did, and back again: on the longlist, in both languages."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.factories.applications import open_call
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, RoleHoldingFactory, holder
from tests.factories.scouting import ProspectFactory
from tests.programmes.choosing import choose, go, last_run, read, undo
from vivaio.applications.models import Prospect
from vivaio.applications.states import ProspectState
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.tables import bulk
from vivaio.mailroom.models import OutgoingLetter
from vivaio.programmes.models import BulkLine, BulkRun
from vivaio.programmes.states import BulkLineState, BulkRunState

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return open_call(title="Bando dei cortili")


@pytest.fixture
def programme(call):
    return call.programme


@pytest.fixture
def scout(programme, client):
    person = holder(programme, "community_manager")
    client.force_login(person)
    return person


@pytest.fixture
def longlist(programme):
    return reverse("applications:longlist", args=[programme.slug])


def spotted(programme, *names, **fields):
    return [ProspectFactory(programme=programme, name=name, **fields) for name in names]


def answer(client, **typed):
    return client.post(last_run().get_absolute_url(), typed, follow=True)


def silent():
    """As if nothing had moved for some minutes."""
    for rows in (BulkRun.objects, BulkLine.objects):
        rows.update(updated_at=clock.now() - dt.timedelta(minutes=5))


def test_rows_are_chosen_looked_at_changed_and_taken_back(client, programme, scout, longlist):
    one, two, _other = spotted(programme, "Orto", "Forno", "Banca del tempo")
    Prospect.objects.filter(pk=two.pk).update(owner=scout)
    colleague = holder(programme, "community_manager", given_name="Nadia", family_name="Riva")
    page = client.get(longlist).content.decode()
    assert page.count('name="row"') == 3
    assert "Guarda che cosa cambierebbe" in page
    asked = read(choose(client, longlist, "scouting.owner", one, two))
    assert "Scegli chi le segue: 2 organizzazioni" in asked
    preview = answer(client, owner=colleague.pk)
    assert f'href="{longlist}" aria-current="page"' in preview.content.decode(), "the menu knows the list"
    preview = read(preview)
    assert "Ancora nessun cambiamento" in preview
    assert f"{scout} → Nadia Riva" in preview
    assert "Ancora nessuno → Nadia Riva" in preview
    assert not Prospect.objects.filter(owner=colleague).exists()
    done = read(go(client))
    assert "Puoi annullare fino a" in done
    assert set(Prospect.objects.filter(owner=colleague)) == {one, two}
    undone = read(undo(client))
    assert "Tornate come prima Orto Forno" in undone.replace("Forno Orto", "Orto Forno")
    assert {row.name: row.owner for row in Prospect.objects.all()} == {
        "Orto": None, "Forno": scout, "Banca del tempo": None,
    }  # fmt: skip
    records = Record.objects.values_list("verb", "subject_id")
    assert [verb for verb, _row in records if verb.startswith("bulk.")] == [
        "bulk.taken_back", "bulk.carried_out",
    ]  # fmt: skip
    assert sum(row == one.pk and verb == "prospect.changed" for verb, row in records) == 2


def test_in_english_too(client, programme, scout, longlist):
    (one,) = spotted(programme, "Orto")
    aside = ProspectFactory(programme=programme, name="Forno", state=ProspectState.SET_ASIDE)
    with translation.override("en"):
        url = reverse("applications:longlist", args=[programme.slug])
        assert "Set aside: 2 organisations" in read(choose(client, url, "scouting.set_aside", one, aside))
        page = read(answer(client, reason="Too far away"))
        assert "Go ahead: 1 organisation" in page
        assert "Left out: 1 row" in page
        assert "It is set aside already." in page
        assert "For a day you can undo this." in page
        assert "You can undo this until" in read(go(client))
        one.refresh_from_db()
        assert (one.state, one.state_reason) == (ProspectState.SET_ASIDE, "Too far away")
        assert "Undone" in read(undo(client))
    one.refresh_from_db()
    assert (one.state, one.state_reason) == (ProspectState.SPOTTED, "")


def test_what_was_set_aside_stands_again_where_it_stood(client, programme, scout, longlist):
    (one,) = spotted(programme, "Orto", state=ProspectState.INTERESTED)
    choose(client, longlist, "scouting.set_aside", one)
    answer(client, reason="Lontana")
    go(client)
    undo(client)
    one.refresh_from_db()
    assert one.state == ProspectState.INTERESTED
    choose(client, longlist, "scouting.set_aside", one)
    answer(client, reason="Lontana")
    go(client)
    choose(client, longlist, "scouting.bring_back", one)
    assert "Procedi: 1 organizzazione" in read(client.get(last_run().get_absolute_url()))
    go(client)
    undo(client)
    one.refresh_from_db()
    assert (one.state, one.state_reason) == (ProspectState.SET_ASIDE, "Lontana")


def test_all_that_the_search_finds_and_no_more(client, programme, scout, longlist):
    spotted(programme, *[f"Orto {number}" for number in range(60)])
    spotted(programme, "Forno")
    url = f"{longlist}?q=orto"
    page = client.get(url).content.decode()
    assert "tutte le 50 righe di questa pagina" in page
    assert "tutte le 60 righe trovate" in page
    assert 'action="?q=orto"' in page
    choose(client, url, "scouting.set_aside", scope="found")
    assert BulkLine.objects.count() == 60
    assert last_run().back.endswith("?q=orto")
    choose(client, url, "scouting.set_aside", scope="page")
    assert BulkLine.objects.filter(run=last_run()).count() == 50


def test_nothing_chosen_and_too_much_are_refused_in_words(client, programme, scout, longlist, monkeypatch):
    (one,) = spotted(programme, "Orto")
    other = ProspectFactory(name="Altrove")
    assert "prima spunta almeno una riga" in choose(client, longlist, "scouting.owner").content.decode()
    assert (
        "prima spunta almeno una riga" in choose(client, longlist, "scouting.owner", other).content.decode()
    )
    assert (
        "scegli dall’elenco che cosa fare" in choose(client, longlist, "letters.cancel", one).content.decode()
    )
    choose(client, longlist, "scouting.owner", "x", "\0")
    monkeypatch.setattr(bulk, "MOST", 1)
    spotted(programme, "Forno")
    answered = choose(client, longlist, "scouting.owner", scope="found").content.decode()
    assert "sono più di 1 righe" in answered
    assert not BulkRun.objects.exists()


def test_what_is_sent_twice_is_done_once(client, programme, scout, longlist):
    (one,) = spotted(programme, "Orto")
    choose(client, longlist, "scouting.set_aside", one)
    answer(client, reason="Lontana")
    go(client)
    go(client)
    assert Record.objects.filter(verb="prospect.set_aside").count() == 1
    assert Record.objects.filter(verb="bulk.carried_out").count() == 1
    client.post(last_run().get_absolute_url(), {"reason": "Altro"})
    one.refresh_from_db()
    assert one.state_reason == "Lontana"
    undo(client)
    undo(client)
    assert Record.objects.filter(verb="bulk.taken_back").count() == 1
    assert "È stata annullata: scegli di nuovo le righe." in go(client).content.decode()


def test_what_changed_between_the_preview_and_the_button_is_left_out_with_its_reason(
    client, programme, scout, longlist
):
    one, two, three = spotted(programme, "Orto", "Forno", "Mercato")
    choose(client, longlist, "scouting.set_aside", one, two, three)
    answer(client, reason="Lontana")
    Prospect.objects.filter(pk=one.pk).update(state=ProspectState.SET_ASIDE, state_reason="Prima")
    three.delete()
    page = read(go(client))
    assert "Restano fuori: 2 righe" in page
    assert "È già accantonata." in page
    assert "Non c’è più." in page
    one.refresh_from_db()
    assert one.state_reason == "Prima"


def test_what_somebody_changed_since_stays(client, programme, scout, longlist):
    one, two = spotted(programme, "Orto", "Forno")
    choose(client, longlist, "scouting.owner", one, two)
    answer(client, owner=scout.pk)
    go(client)
    colleague = holder(programme, "community_manager")
    Prospect.objects.filter(pk=two.pk).update(owner=colleague)
    page = read(undo(client))
    assert "Non tornata come prima: 1 riga" in page
    assert "resta com’è adesso" in page
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.owner, two.owner) == (None, colleague)


def test_a_manager_takes_back_for_a_day_and_others_do_not(client, programme, scout, longlist):
    (one,) = spotted(programme, "Orto")
    choose(client, longlist, "scouting.set_aside", one)
    answer(client, reason="Lontana")
    url = last_run().get_absolute_url()
    client.force_login(holder(programme, "manager"))
    assert client.get(url).status_code == 404, "what is not carried out concerns nobody else"
    client.force_login(scout)
    go(client)
    for role, status in (("community_manager", 404), ("auditor", 200), ("manager", 200)):
        client.force_login(holder(programme, role))
        assert client.get(url).status_code == status
    client.force_login(holder(programme, "auditor"))
    assert "Può annullare solo" in undo(client).content.decode()
    client.force_login(holder(ProgrammeFactory(), "manager"))
    assert client.get(url).status_code == 404
    client.force_login(PersonFactory())
    assert undo(client).status_code == 404
    client.force_login(holder(programme, "manager"))
    assert "Annulla" in read(client.get(f"{url}take-back/"))
    undo(client)
    one.refresh_from_db()
    assert one.state == ProspectState.SPOTTED


def test_after_a_day_it_stays(client, programme, scout, longlist):
    (one,) = spotted(programme, "Orto")
    choose(client, longlist, "scouting.set_aside", one)
    answer(client, reason="Lontana")
    go(client)
    done = last_run().carried_out_at
    BulkRun.objects.update(carried_out_at=done - dt.timedelta(hours=24))
    assert "Puoi annullare" not in read(client.get(last_run().get_absolute_url()))
    assert "Si poteva annullare per un giorno" in undo(client).content.decode()
    assert last_run().state == BulkRunState.CARRIED_OUT


def test_who_may_only_read_chooses_nothing(client, programme, longlist):
    spotted(programme, "Orto")
    client.force_login(holder(programme, "auditor"))
    page = client.get(longlist).content.decode()
    assert 'name="row"' not in page
    answered = choose(client, longlist, "scouting.set_aside", scope="found")
    assert "scegli dall’elenco che cosa fare" in answered.content.decode()
    assert not BulkRun.objects.exists()


def test_who_lost_the_role_in_between_changes_nothing(client, programme, scout, longlist):
    (one,) = spotted(programme, "Orto")
    choose(client, longlist, "scouting.set_aside", one)
    answer(client, reason="Lontana")
    scout.role_holdings.all().delete()
    assert go(client).status_code == 404
    one.refresh_from_db()
    assert one.state == ProspectState.SPOTTED


def test_many_are_invited_after_their_letter_was_read(client, call, programme, scout, longlist):
    one, two = spotted(programme, "Orto", "Forno")
    without, silent = (
        ProspectFactory(programme=programme, name="Senza indirizzo", email=""),
        ProspectFactory(programme=programme, name="Silenziosa", silent=True),
    )
    choose(client, longlist, "scouting.invite", one, two, without, silent)
    page = read(answer(client, call=call.pk, language="it", words="Vi abbiamo visti in piazza."))
    assert "Procedi: 2 organizzazioni" in page
    assert "Vi abbiamo visti in piazza." in page
    assert "Restano fuori: 2 righe" in page
    assert "questa modifica non si può annullare" in page
    go(client)
    go(client)
    letters = OutgoingLetter.objects.filter(letter="applications.scouted")
    assert set(letters.values_list("recipient_email", flat=True)) == {one.email, two.email}
    assert letters.count() == 2
    assert "non si può annullare" in undo(client).content.decode()
    choose(client, longlist, "scouting.invite", one)
    again = read(answer(client, call=call.pk, language="it", words=""))
    assert "È già stata invitata a questo bando" in again


def test_what_the_act_needs_is_asked_again_until_it_is_there(client, programme, scout, longlist):
    (one,) = spotted(programme, "Orto")
    choose(client, longlist, "scouting.set_aside", one)
    wrong = answer(client, reason="")
    assert wrong.status_code == 422
    go(client)
    assert last_run().state == BulkRunState.PREPARED
    answer(client, reason="<script>alert(1)</script>")
    page = client.get(f"{last_run().get_absolute_url()}?change=yes").content.decode()
    assert "&lt;script&gt;alert(1)" in page


def test_a_run_that_broke_off_is_carried_on(client, programme, scout, longlist):
    one, two = spotted(programme, "Orto", "Forno")
    choose(client, longlist, "scouting.set_aside", one, two)
    answer(client, reason="Lontana")
    BulkRun.objects.update(state=BulkRunState.CARRIED_OUT, carried_out_at=last_run().created_at)
    page = client.get(last_run().get_absolute_url())
    assert "Finora 0 righe su 2." in read(page), "somebody may still be at it"
    assert "Prosegui" not in page.content.decode()
    silent()
    page = client.get(last_run().get_absolute_url())
    assert "2 righe aspettano ancora" in read(page)
    assert "Prosegui" in page.content.decode()
    go(client)
    assert set(BulkLine.objects.values_list("state", flat=True)) == {BulkLineState.DONE}


def test_the_preview_and_the_outcome_cost_the_same_with_many_rows(client, call, programme, scout, longlist):
    def cost(names):
        rows = spotted(programme, *names)
        choose(client, longlist, "scouting.invite", *rows)
        answer(client, call=call.pk, language="it", words="")
        url, found = last_run().get_absolute_url(), []
        with CaptureQueriesContext(connection) as preview:
            client.get(url)
        go(client)
        with CaptureQueriesContext(connection) as outcome:
            client.get(url)
        found += [len(preview), len(outcome)]
        return found

    few, many = cost(["Orto"]), cost([f"Forno {number}" for number in range(20)])
    assert few == many
    assert max(many) <= 12


def test_what_was_done_is_listed(client, programme, scout, longlist):
    (one,) = spotted(programme, "Orto")
    url = reverse("programmes:bulk_runs", args=[programme.slug])
    assert "Ancora nessuna modifica a molte righe" in client.get(url).content.decode()
    choose(client, longlist, "scouting.set_aside", one)
    answer(client, reason="Lontana")
    go(client)
    page = client.get(url).content.decode()
    assert last_run().get_absolute_url() in page
    assert "Accantona" in page


def test_what_is_undone_on_the_way_goes_no_further(client, programme, scout, longlist):
    one, two = spotted(programme, "Orto", "Forno")
    choose(client, longlist, "scouting.set_aside", one, two)
    answer(client, reason="Lontana")
    BulkLine.objects.filter(row=two.pk).update(state=BulkLineState.LEFT_OUT)
    go(client)
    BulkLine.objects.filter(row=two.pk).update(state=BulkLineState.WAITING)  # as if it had not been reached
    undo(client)
    assert "righe aspettano" not in read(client.get(last_run().get_absolute_url()))
    go(client)
    assert set(Prospect.objects.values_list("state", flat=True)) == {ProspectState.SPOTTED}


def aside(client, longlist, programme, count):
    """So many rows chosen, looked at and confirmed."""
    rows = spotted(programme, *[f"Orto {number}" for number in range(count)])
    choose(client, longlist, "scouting.set_aside", *rows)
    return read(answer(client, reason="Lontane")), read(go(client)), rows


def test_many_rows_are_changed_by_a_job_while_their_page_tells_how_far_it_is(
    worker, client, programme, scout, longlist
):
    preview, begun, _rows = aside(client, longlist, programme, 35)
    assert "Tante righe richiedono un po’ di tempo" in preview
    assert "Finora 0 righe su 35." in begun
    assert "Puoi lasciare questa pagina" in begun
    runs = reverse("programmes:bulk_runs", args=[programme.slug])
    assert "In corso" in read(client.get(runs))
    assert not Prospect.objects.filter(state=ProspectState.SET_ASIDE).exists()
    go(client)
    worker()
    assert Prospect.objects.filter(state=ProspectState.SET_ASIDE).count() == 35
    assert Record.objects.filter(verb="prospect.set_aside").count() == 35
    asked = client.get(last_run().get_absolute_url(), headers={"HX-Request": "true"})
    assert asked["HX-Refresh"] == "true", "the page that waits shows the outcome by itself"
    assert "Accantona: 35 organizzazioni" in read(client.get(last_run().get_absolute_url()))
    assert "In corso" not in read(client.get(runs))
    assert "Finora 0 righe su 35." in read(undo(client))
    worker()
    assert set(Prospect.objects.values_list("state", flat=True)) == {ProspectState.SPOTTED}
    assert Record.objects.filter(verb="bulk.taken_back").count() == 1


def test_many_rows_undone_before_they_were_reached_stay_as_they_are(
    worker, client, programme, scout, longlist
):
    _preview, _begun, rows = aside(client, longlist, programme, 35)
    line = BulkLine.objects.get(row=rows[0].pk)
    line.state, line.kept = BulkLineState.DONE, {"before": ProspectState.SPOTTED}
    line.save()
    Prospect.objects.filter(pk=rows[0].pk).update(state=ProspectState.SET_ASIDE)
    page = read(undo(client))
    assert "34 righe non erano ancora state raggiunte" in page
    worker()
    assert set(Prospect.objects.values_list("state", flat=True)) == {ProspectState.SPOTTED}


def test_a_job_changes_nothing_in_the_name_of_who_lost_the_role_or_is_gone(
    worker, client, programme, scout, longlist
):
    aside(client, longlist, programme, 31)
    scout.role_holdings.all().delete()
    worker()
    assert set(Prospect.objects.values_list("state", flat=True)) == {ProspectState.SPOTTED}
    assert set(BulkLine.objects.values_list("state", flat=True)) == {BulkLineState.LEFT_OUT}
    Prospect.objects.all().delete()
    RoleHoldingFactory(programme=programme, person=scout, role="community_manager")
    aside(client, longlist, programme, 31)
    run = last_run()
    BulkRun.objects.filter(pk=run.pk).update(person=None)
    worker()
    assert set(Prospect.objects.values_list("state", flat=True)) == {ProspectState.SPOTTED}
    client.force_login(holder(programme, "manager"))
    assert "non vale più" in read(client.get(run.get_absolute_url()))


def test_what_was_set_aside_anew_by_somebody_else_stays_set_aside(client, programme, scout, longlist):
    (one,) = spotted(programme, "Orto")
    choose(client, longlist, "scouting.set_aside", one)
    answer(client, reason="Lontana")
    go(client)
    Prospect.objects.filter(pk=one.pk).update(state_reason="Ha chiuso")  # brought back and set aside again
    assert "resta com’è adesso" in read(undo(client))
    one.refresh_from_db()
    assert one.state == ProspectState.SET_ASIDE
