"""Answers of an earlier application are copied to a draft: chosen side by side, never over what is not ticked."""

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, handed_in, open_call
from tests.factories.people import PersonFactory
from tests.factories.questionnaires import SIMPLE, FormVersionFactory, ResponseFactory, words
from tests.questionnaires.test_merging import png
from vivaio.applications import actions as applications
from vivaio.applications.copying import actions, queries
from vivaio.applications.models import Application
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.questionnaires import actions as questionnaires
from vivaio.questionnaires.changes import Change
from vivaio.questionnaires.engine.definition import Definition, Question
from vivaio.questionnaires.models import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier():
    return handed_in(open_call())


@pytest.fixture
def draft(earlier):
    """A draft of the same team, in another call with the same form, with nothing written."""
    call = open_call(form=earlier.response.version)
    return ApplicationFactory(
        call=call,
        organisation=earlier.organisation,
        created_by=earlier.created_by,
        response=ResponseFactory(version=call.form, answers={}),
    )


def answers_of(application):
    return Response.objects.get(pk=application.response_id).answers


def address(draft, earlier):
    return reverse("applications:copy_from", args=[draft.pk, earlier.pk])


def write(application, name, value):
    applications.save(application, [Change(name, value)], by=application.created_by)


def test_everything_empty_is_filled_at_one_press(client, draft, earlier):
    client.force_login(draft.created_by)
    page = client.get(address(draft, earlier)).content.decode()
    assert "Come si chiama?" in page
    assert "La portineria leggera" in page
    answer = client.post(address(draft, earlier), {"all": "empty"})
    assert answer.url == reverse("applications:step", args=[draft.pk, 1])
    assert answers_of(draft) == answers_of(earlier)
    assert Application.objects.get(pk=draft.pk).title == "La portineria leggera"
    assert Record.objects.filter(verb="application.answers_copied", subject_id=draft.pk).exists()


def test_what_is_filled_is_copied_over_only_when_ticked(client, draft, earlier):
    write(draft, "title", "Un altro nome")
    client.force_login(draft.created_by)
    client.post(address(draft, earlier), {"all": "empty"})
    assert answers_of(draft)["title"] == "Un altro nome"
    (pair,) = [one for one in queries.offered(draft, earlier) if one.name == "title"]
    client.post(address(draft, earlier), {"copy": [pair.mark]})
    assert answers_of(draft)["title"] == "La portineria leggera"


def test_what_a_colleague_wrote_since_the_page_was_seen_stays(draft, earlier):
    marks = [one.mark for one in queries.offered(draft, earlier)]
    write(draft, "title", "Scritto dopo")
    actions.copy(draft, earlier, marks, by=draft.created_by)
    assert answers_of(draft)["title"] == "Scritto dopo"
    assert answers_of(draft)["idea"] == answers_of(earlier)["idea"]


def test_nothing_ticked_is_said(client, draft, earlier):
    client.force_login(draft.created_by)
    page = client.post(address(draft, earlier), {}).content.decode()
    assert "Non è stato copiato niente" in page
    assert answers_of(draft) == {}


def test_files_are_copied_as_files_of_the_draft(draft, earlier):
    questionnaires.attach_file(earlier.response, "drawing", png(), by=earlier.created_by)
    Application.objects.filter(pk=earlier.pk).update(frozen=None)
    actions.copy(draft, Application.objects.get(pk=earlier.pk), None, by=draft.created_by)
    (named,) = answers_of(draft)["drawing"]
    copy, original = draft.response.attachments.get(), earlier.response.attachments.get()
    assert str(copy.pk) == named["id"]
    assert copy.file.name != original.file.name
    assert copy.file.read() == original.file.read()


def test_the_answers_that_count_are_those_that_were_handed_in(draft, earlier):
    Response.objects.filter(pk=earlier.response_id).update(answers={"title": "Cambiato dopo"})
    actions.copy(draft, Application.objects.get(pk=earlier.pk), None, by=draft.created_by)
    assert answers_of(draft)["title"] == "La portineria leggera"


def test_declarations_are_not_copied_and_what_stays_is_told(client, draft, earlier):
    sworn = Question("sworn", "acknowledge", label=words("Dichiaro che è vero"))
    definition = Definition(SIMPLE.title, ("it", "en"), (*SIMPLE.questions, sworn), lists=SIMPLE.lists)
    version = FormVersionFactory(definition=definition.to_dict(), sha256=definition.sha256)
    other = ApplicationFactory(
        call=open_call(form=version), organisation=draft.organisation, created_by=draft.created_by,
        response=ResponseFactory(version=version, answers={"title": "X", "sworn": "OK"}),
    )  # fmt: skip
    client.force_login(draft.created_by)
    page = client.get(address(draft, other)).content.decode()
    assert "I due bandi hanno moduli diversi" in page
    assert page.index("Che cosa resta là") < page.index("Dichiaro che è vero")
    actions.copy(draft, other, None, by=draft.created_by)
    assert answers_of(draft) == {"title": "X"}


def test_only_ones_own_applications_are_a_source(client, draft):
    stranger = handed_in(open_call())
    client.force_login(draft.created_by)
    assert client.get(address(draft, stranger)).status_code == 404
    assert client.post(address(draft, stranger), {"all": "empty"}).status_code == 404
    assert str(stranger.pk) not in client.get(reverse("applications:copy", args=[draft.pk])).content.decode()
    with pytest.raises(Refused):
        actions.copy(draft, stranger, None, by=draft.created_by)
    assert answers_of(draft) == {}


def test_who_left_the_organisation_copies_nothing_of_it(client, draft, earlier):
    earlier.organisation.memberships.all().delete()
    client.force_login(earlier.created_by)
    assert client.get(address(draft, earlier)).status_code == 404


def test_a_stranger_copies_nothing_into_a_draft(client, draft, earlier):
    client.force_login(PersonFactory())
    assert client.post(address(draft, earlier), {"all": "empty"}).status_code == 404


def test_what_was_handed_in_takes_no_copies(draft, earlier):
    done = handed_in(open_call(), organisation=draft.organisation, created_by=draft.created_by)
    with pytest.raises(Refused):
        actions.copy(done, earlier, None, by=draft.created_by)


def test_a_draft_leads_here_where_there_is_something_to_copy(client, draft, earlier):
    client.force_login(draft.created_by)
    step = reverse("applications:step", args=[draft.pk, 1])
    assert reverse("applications:copy", args=[draft.pk]) in client.get(step).content.decode()
    Application.objects.filter(pk=earlier.pk).update(emptied_at=earlier.submitted_at)
    assert reverse("applications:copy", args=[draft.pk]) not in client.get(step).content.decode()
    page = client.get(reverse("applications:copy", args=[draft.pk])).content.decode()
    assert "Non c’è nessun’altra tua candidatura" in page


def test_as_many_applications_as_you_like_cost_the_same(
    client, draft, earlier, django_assert_max_num_queries
):
    for _number in range(25):
        handed_in(open_call(), organisation=draft.organisation, created_by=draft.created_by)
    client.force_login(draft.created_by)
    for url in (reverse("applications:copy", args=[draft.pk]), address(draft, earlier)):
        with django_assert_max_num_queries(12):
            client.get(url)
    with django_assert_max_num_queries(12):
        client.get(reverse("applications:step", args=[draft.pk, 1]))
