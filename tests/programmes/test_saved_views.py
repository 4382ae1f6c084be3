"""Saved views of lists: kept under a name, found again, opened first, shared, brought up to date, deleted."""

import csv
import datetime as dt
import io
import json
import re
import zipfile
from urllib.parse import quote, urlencode

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.factories.applications import handed_in, open_call
from tests.factories.calls import CallFactory, TrackFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, RoleHoldingFactory
from vivaio.applications.models import Application
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.kit.tables import lists
from vivaio.people import actions as people
from vivaio.people import jobs
from vivaio.people.models import ErasureRequest
from vivaio.programmes import actions, queries
from vivaio.programmes.models import SavedView, UsualView
from vivaio.programmes.roles import PERMISSIONS
from vivaio.programmes.rules import MOST_VIEWS

pytestmark = pytest.mark.django_db
KEY = "calls.calls"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def programme():
    return ProgrammeFactory()


def staff(programme, role):
    return RoleHoldingFactory(programme=programme, role=role).person


def kept(programme, person, key=KEY, **more):
    given = {"name": "Aperti", "query": "state=published&page=3", "usual": False, "shared": False}
    return actions.save_view(programme, key, by=person, **{**given, **more})


def arranged(view, by, **more):
    return actions.arrange_view(
        view, by=by, **{"name": view.name, "shared": view.shared, "usual": False, **more}
    )


def calls(programme):
    return reverse("calls:staff_list", args=[programme.slug])


def page_of(programme, key=KEY, here=""):
    return reverse("programmes:views", args=[programme.slug, key]) + (
        f"?{urlencode({'here': here})}" if here else ""
    )


def usual_of(person, programme):
    return [view.name for view in queries.views_of(person, programme, KEY) if view.is_usual]


# From the list and back


def test_what_a_list_shows_is_saved_and_the_list_opens_with_it(client, programme):
    person = staff(programme, "secretary")
    CallFactory(programme=programme, title="Orti")
    client.force_login(person)
    shown = calls(programme)
    assert "Saved views" not in client.get(shown).text
    page = client.get(f"{shown}?sort=-title&page=2&junk=1").text
    here = page_of(programme, here=f"{shown}?sort=-title")
    assert f'<a href="{here}">Save this view</a>' in page

    answer = client.post(here, {"name": "Dalla fine", "usual": "on"})
    view = SavedView.objects.get()
    with_it = f"{shown}?sort=-title&view={view.pk}"
    assert (answer.url, view.query) == (with_it, "sort=-title")
    assert client.get(shown).url == with_it
    page = client.get(with_it).text
    assert f'<a href="{with_it.replace("&", "&amp;")}" aria-current="page"><bdi>Dalla fine</bdi></a>' in page
    assert f'<a href="{shown}?view=all">The whole list</a>' in page
    assert "Save this view" not in page
    whole = client.get(f"{shown}?view=all")
    assert whole.status_code == 200
    assert f'<a href="{shown}?view=all" aria-current="page">The whole list</a>' in whole.text
    assert Record.objects.filter(verb="programmes.view_saved", actor=person.pk).count() == 1


def test_the_links_of_a_list_stay_with_the_view_until_one_leaves_it(client, programme):
    person = staff(programme, "secretary")
    for number in range(60):
        CallFactory(programme=programme, title=f"Bando {number}")
    view = kept(programme, person, query="sort=-title", usual=True)
    client.force_login(person)
    page = client.get(f"{calls(programme)}?sort=-title&view={view.pk}")
    table = page.context["table"]
    assert table.next_url == f"?view={view.pk}&sort=-title&page=2"
    assert f'<input type="hidden" name="view" value="{view.pk}">' in page.text
    assert client.get(f"{calls(programme)}{table.next_url}").context["table"].shelf.current.pk == str(view.pk)
    whole = client.get(f"{calls(programme)}?view=all").context["table"]
    assert whole.clear_url == "?view=all"  # the bare address would open with the view again


def test_an_address_that_names_a_view_and_no_more_leads_to_what_it_holds(client, programme):
    person = staff(programme, "secretary")
    view = kept(programme, person, query="sort=-title")
    client.force_login(person)
    full = f"{calls(programme)}?sort=-title&view={view.pk}"
    assert client.get(f"{calls(programme)}?view={view.pk}").url == full
    assert client.get(f"{calls(programme)}?view={view.pk}&export=csv").url == f"{full}&export=csv"
    for unknown in ("view=x", "view=%00", f"view={person.pk}", "view=", "view=all&view=all"):
        assert client.get(f"{calls(programme)}?{unknown}").status_code == 200


def test_a_view_takes_up_what_is_shown_now(client, programme):
    person = staff(programme, "secretary")
    view = kept(programme, person, query="sort=-title")
    client.force_login(person)
    shown = f"{calls(programme)}?q=orti&view={view.pk}"
    page = client.get(shown)
    update = page.context["table"].shelf.update_href
    assert "The list shows something else than the view “Aperti” holds." in page.text
    assert "Update the view" in page.text
    for _press in range(2):
        answer = client.post(update)
        assert answer.url == f"{calls(programme)}?q=orti&view={view.pk}"
    view.refresh_from_db()
    assert view.query == "q=orti"
    assert Record.objects.filter(verb="programmes.view_changed").count() == 1
    page = client.get(answer.url).text
    assert "The view “Aperti” now holds what the list shows." in page
    assert "Update the view" not in page


def test_updating_with_nothing_is_refused(client, programme):
    person = staff(programme, "secretary")
    view = kept(programme, person)
    client.force_login(person)
    client.post(
        reverse("programmes:update_view", args=[programme.slug, view.pk]) + f"?here={calls(programme)}"
    )
    view.refresh_from_db()
    assert view.query == "state=published"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "does not have: Track, a filter, columns. What still holds is shown."),
        ("it", "non ha: Percorso, un filtro, colonne. Si mostra ciò che vale ancora."),
    ],
)
def test_a_view_opens_with_what_still_holds_and_says_what_does_not(client, programme, language, said):
    person = staff(programme, "secretary")
    call = open_call(programme=programme)
    one = handed_in(call)
    elsewhere = TrackFactory(call=CallFactory(programme=programme))
    query = f"state=submitted&track={elsewhere.pk}&weather=rain&columns=gone"
    view = kept(programme, person, "applications.received", query=query)
    client.force_login(person)
    with override(language):
        shown = reverse("applications:received", args=[programme.slug, call.slug])
        page = client.get(client.get(f"{shown}?view={view.pk}").url)
        assert said in page.text
        assert [row for row, _cells in page.context["table"].rows] == [one]
        assert page.context["table"].chosen == {"state": "submitted"}
        mended = client.post(page.context["table"].shelf.update_href)
        assert said not in client.get(mended.url).text
    view.refresh_from_db()
    assert view.query == "state=submitted"


def test_the_files_of_a_view_have_its_columns_and_its_order(client, programme):
    person = staff(programme, "secretary")
    call = open_call(programme=programme)
    for title in ("Alfa", "Beta"):
        Application.objects.filter(pk=handed_in(call).pk).update(title=title)
    view = kept(programme, person, "applications.received", query="sort=-title&columns=track,reason")
    client.force_login(person)
    shown = reverse("applications:received", args=[programme.slug, call.slug])
    page = client.get(f"{shown}?{view.query}&view={view.pk}")
    links = dict(page.context["table"].export_urls)

    def rows(address):
        told = b"".join(client.get(address)).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(told)))

    found = rows(shown + links["CSV"])
    assert found[0] == ["Application", "Track", "Reason"]
    assert [row[0] for row in found[1:]] == ["Beta", "Alfa"]
    book = zipfile.ZipFile(io.BytesIO(b"".join(client.get(shown + links["XLSX"]))))
    assert "Reason" in book.read("xl/worksheets/sheet1.xml").decode()
    assert "SHA-256" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert "SHA-256 of the answers" in rows(f"{shown}?export=csv")[0]


# Names, limits, what is refused


def test_nothing_to_keep_and_a_name_in_use_are_refused(programme):
    person = staff(programme, "secretary")
    for query in ("page=2", "", "view=all", "&".join(f"a{n}=1" for n in range(60)), "q=%00"):
        with pytest.raises(Refused, match="nothing to save"):
            kept(programme, person, query=query)
    with pytest.raises(Refused, match="too long to keep"):
        kept(programme, person, query="q=" + "x" * 1000)
    kept(programme, person)
    with pytest.raises(Refused, match="of this name already"):
        kept(programme, person, name="  aperti ")
    other = kept(programme, person, name="Chiusi")
    with pytest.raises(Refused, match="of this name already"):
        arranged(other, person, name="APERTI")


def test_the_same_form_sent_twice_keeps_one_view(client, programme):
    client.force_login(staff(programme, "secretary"))
    answers = [client.post(page_of(programme, here=calls(programme) + "?q=a"), {"name": "Una"}) for _ in "ab"]
    assert [answer.status_code for answer in answers] == [302, 422]
    assert "There is a view of this name already" in answers[1].text
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "You have 20 views of this list, and that is as many as it holds"),
        ("it", "Hai 20 viste di questo elenco, il massimo che può avere"),
    ],
)
def test_a_list_holds_so_many_views_of_a_person(client, programme, language, said):
    person = staff(programme, "secretary")
    CallFactory(programme=programme)
    for number in range(MOST_VIEWS):
        kept(programme, person, name=f"Vista {number}", query=f"q=orti{number}")
    client.force_login(person)
    with override(language):
        answer = client.post(page_of(programme, here=calls(programme) + "?q=a"), {"name": "Una in più"})
        assert said in answer.text
        assert 'value="Una in più"' in answer.text
        page = client.get(calls(programme)).text
    assert SavedView.objects.count() == MOST_VIEWS
    assert ("16 more views" if language == "en" else "Altre 16 viste") in page
    kept(programme, staff(programme, "manager"))


def test_the_staff_shares_so_many_views_of_a_list(programme):
    first, second = staff(programme, "manager"), staff(programme, "manager")
    for number in range(MOST_VIEWS):
        kept(programme, (first, second)[number % 2], name=f"Vista {number}", shared=True)
    with pytest.raises(Refused, match="shares 20 views"):
        kept(programme, first, shared=True)
    own = kept(programme, first)
    with pytest.raises(Refused, match="shares 20 views"):
        arranged(own, first, shared=True)


HOSTILE = [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("Orti \u202egnp.exe", "Orti gnp.exe"),
    ("Orti\r\n\te\x1b[31m \u200bnidi", "Orti e[31m nidi"),
    ("{{ 7 }}{% debug %}", "{{ 7 }}{% debug %}"),
    ("\"'><img src=x>", "&quot;&#x27;&gt;&lt;img src=x&gt;"),
]


@pytest.mark.parametrize(("name", "shown"), HOSTILE)
def test_a_hostile_name_is_only_ever_a_name(client, programme, name, shown):
    person = staff(programme, "manager")
    client.force_login(person)
    answer = client.post(page_of(programme, here=calls(programme) + "?q=a"), {"name": name, "shared": "on"})
    assert f"<bdi>{shown}</bdi>" in client.get(answer.url).text
    view = SavedView.objects.get()
    for page in ("view", "delete_view"):
        text = client.get(reverse(f"programmes:{page}", args=[programme.slug, view.pk])).text
        assert shown in text
        assert "<script>alert" not in text


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\u202e\u2066", "---", "x" * 61, "\0"])
def test_a_name_that_nobody_can_read_is_refused(client, programme, name):
    person = staff(programme, "secretary")
    client.force_login(person)
    answer = client.post(page_of(programme, here=calls(programme) + "?q=a"), {"name": name})
    assert answer.status_code == 422
    with pytest.raises(Refused):
        kept(programme, person, name=name)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "here",
    ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)", "\0", "/%0d%0aa"],
)
def test_the_way_back_leads_nowhere_else(client, programme, here):
    person = staff(programme, "secretary")
    view = kept(programme, person)
    client.force_login(person)
    page = client.get(page_of(programme), {"here": here})
    assert "example.org" not in page.text.split("<main", 1)[1]
    assert "javascript:" not in page.text
    update = reverse("programmes:update_view", args=[programme.slug, view.pk])
    place = client.post(f"{update}?here={quote(here)}").url
    assert place.startswith("/")
    assert not {"//", "\\", "\n"} & {place[:2], place[1], place[-1]}


# Whose they are


def test_only_who_sets_the_programme_up_shares(client, programme):
    manager, secretary = staff(programme, "manager"), staff(programme, "secretary")
    with pytest.raises(Refused, match="Programme manager"):
        kept(programme, secretary, shared=True)
    own = kept(programme, manager, name="Mia")
    shared = kept(programme, manager, shared=True)
    assert list(queries.views_of(secretary, programme, KEY)) == [shared]
    client.force_login(secretary)
    page = client.get(page_of(programme, here=calls(programme) + "?q=a")).text
    assert "Aperti" in page
    assert "Mia" not in page
    assert "The view is yours alone: those who set the programme up share views with all its staff." in page
    client.post(page_of(programme, here=calls(programme) + "?q=a"), {"name": "Di tutti", "shared": "on"})
    assert not SavedView.objects.get(name="Di tutti").shared
    for name in ("view", "delete_view", "update_view"):
        address = reverse(f"programmes:{name}", args=[programme.slug, own.pk])
        assert client.post(address, {"name": "Presa", "confirmed": "yes"}).status_code == 404


def test_a_shared_view_changes_by_its_owner_or_who_sets_the_programme_up(programme):
    owner, manager, secretary = (staff(programme, role) for role in ("manager", "manager", "secretary"))
    view = kept(programme, owner, shared=True)
    for act in (
        lambda: arranged(view, secretary, name="Altro"),
        lambda: actions.update_view(view, query="q=a", by=secretary),
        lambda: actions.delete_view(view, by=secretary),
    ):
        with pytest.raises(Refused, match="Programme manager"):
            act()
    assert arranged(view, manager, name="Altro").name == "Altro"
    actions.delete_view(view, by=manager)
    with pytest.raises(Refused, match="deleted this view meanwhile"):
        actions.delete_view(view, by=owner)


def test_a_shared_view_opens_first_for_others_until_it_is_no_longer_shared(programme):
    manager, secretary = staff(programme, "manager"), staff(programme, "secretary")
    view = kept(programme, manager, shared=True)
    arranged(view, secretary, usual=True)
    assert usual_of(secretary, programme) == ["Aperti"]
    assert usual_of(manager, programme) == []
    arranged(view, manager, shared=False)
    assert not UsualView.objects.exists()
    assert not queries.views_of(secretary, programme).exists()


def test_one_view_opens_first(client, programme):
    person = staff(programme, "secretary")
    kept(programme, person, usual=True)
    second = kept(programme, person, name="Altro", query="q=orti", usual=True)
    assert usual_of(person, programme) == ["Altro"]
    actions.delete_view(second, by=person)
    assert usual_of(person, programme) == []
    client.force_login(person)
    assert client.get(calls(programme)).status_code == 200


def test_a_shared_view_is_seen_by_those_alone_who_may_see_the_list(client, programme):
    view = kept(programme, staff(programme, "manager"), "applications.received", query="q=rossi", shared=True)
    facilitator = staff(programme, "facilitator")  # reads calls, not applications
    for person, status in ((facilitator, 404), (staff(programme, "auditor"), 200), (PersonFactory(), 404)):
        client.force_login(person)
        assert client.get(page_of(programme, "applications.received")).status_code == status
        assert client.get(reverse("programmes:view", args=[programme.slug, view.pk])).status_code == status
    with pytest.raises(Refused):
        arranged(view, facilitator, usual=True)
    with pytest.raises(Refused):
        kept(programme, facilitator, "applications.received")


def test_another_programme_is_out_of_reach(client, programme):
    view = kept(programme, staff(programme, "manager"), shared=True)
    other = ProgrammeFactory()
    manager = staff(other, "manager")
    client.force_login(manager)
    for where in (programme, other):
        for name in ("view", "delete_view"):
            assert client.get(reverse(f"programmes:{name}", args=[where.slug, view.pk])).status_code == 404
        assert client.post(reverse("programmes:update_view", args=[where.slug, view.pk])).status_code == 404
    assert client.get(page_of(programme)).status_code == 404
    assert "Aperti" not in client.get(f"{calls(other)}?q=a&view={view.pk}").text
    for key in ("no.such", "questionnaires.forms", "x" * 100):
        assert client.get(page_of(other, key)).status_code == 404
    with pytest.raises(Refused):
        kept(programme, manager)


def test_deleting_asks_first(client, programme):
    person = staff(programme, "manager")
    view = kept(programme, person, shared=True)
    client.force_login(person)
    address = reverse("programmes:delete_view", args=[programme.slug, view.pk])
    assert "nobody of the staff finds it any more" in client.get(address).text
    assert SavedView.objects.exists()
    client.post(address, {"confirmed": "yes"})
    assert not SavedView.objects.exists()
    assert client.post(address, {"confirmed": "yes"}).status_code == 404


# When people go


def test_who_loses_the_last_role_leaves_shared_views_to_the_staff(client, programme):
    manager, other = staff(programme, "manager"), staff(programme, "manager")
    shared = kept(programme, manager, shared=True, usual=True)
    kept(programme, manager, name="Mia")
    arranged(shared, other, usual=True)
    actions.end_role(manager.role_holdings.get(), by=other)
    assert [(view.name, view.person) for view in SavedView.objects.all()] == [("Aperti", None)]
    assert usual_of(other, programme) == ["Aperti"]
    client.force_login(other)
    page = client.get(reverse("programmes:view", args=[programme.slug, shared.pk])).text
    assert "Who saved this view is no longer here" in page
    with pytest.raises(Refused, match="it stays shared, or is deleted"):
        arranged(shared, other, shared=False)
    assert arranged(shared, other, name="Di tutti").name == "Di tutti"


def test_who_keeps_a_role_keeps_the_views(programme):
    person = staff(programme, "secretary")
    RoleHoldingFactory(programme=programme, person=person, role="evaluator")
    kept(programme, person)
    actions.end_role(person.role_holdings.get(role="secretary"), by=staff(programme, "manager"))
    assert SavedView.objects.get().person == person


def test_erasure_takes_ones_own_views_and_leaves_the_shared_ones(programme):
    staff(programme, "manager")
    person = staff(programme, "manager")
    kept(programme, person, shared=True)
    kept(programme, person, name="Mia", query="q=Brambati", usual=True)
    request = people.request_erasure(by=person)
    ErasureRequest.objects.filter(pk=request.pk).update(due_at=clock.now() - dt.timedelta(minutes=1))
    jobs.erase(0)
    assert [(view.name, view.person) for view in SavedView.objects.all()] == [("Aperti", None)]


def test_a_person_who_is_deleted_leaves_the_shared_views_too(programme):
    person = PersonFactory(is_administrator=True)
    kept(programme, person, shared=True)
    kept(programme, person, name="Mia")
    person.delete()
    assert [(view.name, view.person_id) for view in SavedView.objects.all()] == [("Aperti", None)]


def test_the_copy_of_ones_data_holds_ones_views(programme, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person = staff(programme, "secretary")
    kept(programme, person, name="Mia", query="q=orti", usual=True)
    kept(programme, staff(programme, "manager"), name="Altrui", shared=True)
    export = people.request_export(by=person)
    people.prepare_export(export.pk)
    export.refresh_from_db()
    views = json.loads(zipfile.ZipFile(io.BytesIO(export.file.read())).read("data.json"))["views"]
    assert [(view["name"], view["asks_for"], view["opens_first"]) for view in views] == [
        ("Mia", "q=orti", True)
    ]


def test_every_list_with_views_asks_for_a_permission_that_there_is():
    assert {key for key, table in lists().items() if table.permission not in PERMISSIONS} <= {
        "questionnaires.forms",  # of all one's programmes: there is no staff to share with
        "jury.applications",  # the second list of its page
        "publishing.accessibility",  # of the whole installation: only its administrators read it
        "kit.kinds",
    }


@pytest.mark.parametrize(
    ("key", "section"),
    [
        ("calls.calls", "Calls"),
        ("applications.longlist", "Scouting"),
        ("desk.letters", "Letters"),
        ("publishing.news", "Public site"),
        ("jury.jurors", "Calls"),
        ("programmes.roles", "People and roles"),
    ],
)
def test_the_pages_of_the_views_light_the_section_of_their_list(client, programme, key, section):
    manager = staff(programme, "manager")
    client.force_login(manager)
    view = kept(programme, manager, key=key)
    for url in (
        reverse("programmes:views", args=[programme.slug, key]),
        reverse("programmes:view", args=[programme.slug, view.pk]),
    ):
        page = client.get(url).content.decode()
        menu = page.partition('class="vv-menu"')[2].partition("</nav>")[0]
        assert re.findall(r'aria-current="page">([^<]+)<', menu) == [section]
