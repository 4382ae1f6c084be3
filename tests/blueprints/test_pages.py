"""Choosing, looking at the plan, applying: in the browser's words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.calls import CallFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.questionnaires import FormVersionFactory
from vivaio.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = PersonFactory(is_administrator=True)
    client.force_login(person)
    return person


def test_the_plan_is_shown_then_applied(client, administrator):
    page = client.post("/en/blueprints/", {"name": "miracolo-a-milano", "start": "2026-10-16"})
    assert b"calls/selezione/tracks/cooperatives" in page.content
    assert not Programme.objects.exists()
    carried = page.context["form"].initial
    answer = client.post(
        "/en/blueprints/apply/", {"content": carried["content"], "start": "2026-10-16"}, follow=True
    )
    assert "Miracolo a Milano" in answer.content.decode()
    assert Programme.objects.get().starts_on.isoformat() == "2026-10-16"


def test_the_files_problems_are_told_by_line(client, administrator):
    broken = SimpleUploadedFile("mio.yaml", b"vivaio: 1\nprogramme:\n  slug: x\n  colour: red\n")
    page = client.post("/en/blueprints/", {"file": broken})
    assert page.status_code == 422
    assert "line 4" in page.content.decode()


def test_nothing_chosen_is_said(client, administrator):
    page = client.post("/it/blueprints/", {})
    assert page.status_code == 422


def test_others_read_why_not(client):
    client.force_login(PersonFactory())
    assert "administrator" in client.get("/en/blueprints/").content.decode()
    client.post("/en/blueprints/", {"name": "miracolo-a-milano"})
    client.post("/en/blueprints/apply/", {"content": "vivaio: 1\nprogramme: {slug: a, title: A}"})
    assert not Programme.objects.exists()


def test_a_manager_cannot_apply_over_another_programme(client):
    client.force_login(holder(ProgrammeFactory(slug="mio"), "manager"))
    ProgrammeFactory(slug="altrui", title="Altrui")
    client.post("/en/blueprints/apply/", {"content": "vivaio: 1\nprogramme: {slug: altrui, title: Preso}"})
    assert Programme.objects.get(slug="altrui").title == "Altrui"


def test_the_schema_is_public_and_valid(client):
    assert client.get("/en/blueprints/schema.json").json()["$id"] == "urn:vivaio:blueprint:1"


def test_a_programme_that_is_being_prepared_is_exported_to_its_staff_alone(client):
    draft = ProgrammeFactory(state="draft")
    client.force_login(PersonFactory())
    assert client.get(f"/en/blueprints/export/{draft.slug}.yaml").status_code == 404
    client.force_login(holder(draft, "manager"))
    assert client.get(f"/en/blueprints/export/{draft.slug}.yaml").status_code == 200


def test_a_call_in_preparation_leaves_only_with_who_may_read_it(client):
    draft = CallFactory(state="draft", slug="segreto", title="Segretissimo", form=FormVersionFactory())
    form = draft.form.form
    form.programme = draft.programme
    form.save()
    address = reverse("blueprints:export", args=[draft.programme.slug])
    for reader in (None, PersonFactory()):
        if reader:
            client.force_login(reader)
        told = client.get(address).content.decode()
        assert "Segretissimo" not in told
        assert form.key not in told
    client.force_login(holder(draft.programme, "manager"))
    assert b"Segretissimo" in client.get(address).content


HOSTILE = [
    r'title: "a\0b"',
    r'title: "a\uD800b"',
    f"title: {'x' * 500}",
    f"title: {{it: x, en: {'x' * 500}}}",
    "title: x\n  time_zone: Foo/Bar",
    r"title: x" + "\n  " + r'colour: "#aabbcc\n"',
    r"title: x" + "\n  " + r'cup: "ABCDEFGHIJ12345\n"',
    'title: x\n  starts_on: "2020-01-01"\n  ends_on: "9999-12-31"',
    'title: x\n  starts_on: "0001-01-01"',
    f'title: x\n  partners: [{{key: a, name: b, part: partner, website: "https://{"x" * 500}"}}]',
    "title: x\n  amounts: [{kind: admitted, amount: 99999999999999999999}]",
    f"title: x\n  phases: [{{key: a, title: t, dates: '{'d' * 400}'}}]",
]


@pytest.mark.parametrize("start", ["", "9999-12-31"])
@pytest.mark.parametrize("said", HOSTILE)
def test_what_cannot_be_kept_is_refused_in_words(client, administrator, said, start):
    content = f"vivaio: 1\nprogramme:\n  slug: nuovo\n  {said}\n"
    file = SimpleUploadedFile("nuovo.yaml", content.encode())
    assert client.post("/en/blueprints/", {"file": file, "start": start}).status_code in (409, 422)
    client.post("/en/blueprints/apply/", {"content": content, "start": start})
    assert not Programme.objects.exists()
