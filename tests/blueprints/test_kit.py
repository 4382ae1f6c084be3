"""A programme taken as a kit to another territory: what is in it, what is not, applied elsewhere and taken again."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories.accompanying import SharedMilestoneFactory
from tests.factories.experts import expert_in
from tests.factories.initiatives import InitiativeFactory
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from vivaio.blueprints import actions, packing, queries
from vivaio.funding.models import Terms
from vivaio.initiatives.models import SharedMilestone
from vivaio.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    """A programme from its blueprint, with milestones for all, rules of payment, and people at work."""
    path = next(one.path for one in queries.shipped() if one.name == "miracolo-a-milano")
    found = actions.apply(path.read_bytes(), by=None).programme
    SharedMilestoneFactory(
        programme=found, key="dossier", title="Bozza del dossier", i18n={"title_en": "Draft"}
    )
    InitiativeFactory(programme=found, title="Iniziativa di qualcuno")
    expert_in(found, headline="Avvocata Tale")
    return found


def files_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_it_holds_the_set_up_and_what_to_adapt_in_two_languages(programme):
    found = files_of(packing.packed(programme))
    assert set(found) == {"miracolo-a-milano.yaml", "LEGGIMI.md", "README.md"}
    assert "Che cosa adattare" in found["LEGGIMI.md"]
    assert "Milestones of every plan: 5" in found["README.md"]
    assert "two_people: true" in found["miracolo-a-milano.yaml"]
    assert packing.packed(programme) == packing.packed(programme)


def test_it_holds_no_person_no_amount_no_news_and_nobodys_name(programme):
    text = "".join(files_of(packing.packed(programme)).values())
    data = packing.kit(programme)
    for said in ("Iniziativa di qualcuno", "Avvocata Tale", "Fondazione Triulza", programme.contact_email):
        assert said not in text
    assert "news" not in data
    assert not {"amounts", "partners", "published"} & set(data["programme"])


def test_what_a_voucher_buys_goes_along_and_whom_it_buys_from_stays(programme):
    terms = {
        "buys": ["training"],
        "lasts_months": 6,
        "suppliers": [{"name": "Studio Bianchi", "code": "00743110157"}],
    }
    call = programme.calls.first()
    call.awards.create(key="kit-voucher", kind="voucher", title="Voucher", position=99, **terms)
    told = next(one for one in packing.queries.told(programme)["calls"] if one["slug"] == call.slug)
    assert {name: told["awards"][-1][name] for name in terms} == terms
    taken = next(one for one in packing.kit(programme)["calls"] if one["slug"] == call.slug)
    assert "suppliers" not in taken["awards"][-1]
    assert taken["awards"][-1]["lasts_months"] == 6
    content = packing.unpacked(packing.packed(programme)).replace(b"slug: miracolo", b"slug: altrove", 1)
    elsewhere = actions.apply(content, by=None).programme.calls.get(slug=call.slug)
    assert elsewhere.awards.get(key="kit-voucher").buys == ["training"]


def test_applied_elsewhere_it_gives_the_same_kit_again(programme):
    first = packing.kit(programme)
    content = packing.unpacked(packing.packed(programme))
    elsewhere = content.replace(b"slug: miracolo-a-milano", b"slug: altrove", 1)
    again = packing.kit(actions.apply(elsewhere, by=None).programme)
    again["programme"]["slug"] = first["programme"]["slug"]
    assert again == first
    assert SharedMilestone.objects.filter(programme__slug="altrove", key="dossier").exists()


def test_a_first_day_moves_the_milestones_too(programme):
    content = packing.unpacked(packing.packed(programme)).replace(
        b"slug: miracolo-a-milano", b"slug: altrove", 1
    )
    start = programme.starts_on.replace(year=programme.starts_on.year + 7)
    actions.apply(content, by=None, start=start)
    before, after = (
        SharedMilestone.objects.filter(key="dossier").order_by("due_on").values_list("due_on", flat=True)
    )
    assert after - before == start - programme.starts_on


def test_the_page_of_blueprints_takes_it_as_it_is(client, programme):
    client.force_login(PersonFactory(is_administrator=True))
    kit = packing.packed(programme)
    Programme.objects.filter(pk=programme.pk).update(slug="origine")
    page = client.post(reverse("blueprints:choose"), {"file": SimpleUploadedFile("kit.zip", kit)})
    assert page.status_code == 200
    assert "milestones/dossier" in page.text


@pytest.mark.parametrize("names", [(), ("a.yaml", "b.yaml")])
def test_an_archive_that_is_no_kit_is_refused_with_words(client, names):
    client.force_login(PersonFactory(is_administrator=True))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("altro.txt", "x")
        for name in names:
            archive.writestr(name, "vivaio: 1")
    page = client.post(reverse("blueprints:choose"), {"file": SimpleUploadedFile("x.zip", target.getvalue())})
    assert page.status_code == 422
    assert "contiene un solo modello" in page.text


def test_what_unfolds_beyond_measure_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.yaml", b"a" * 5_000_000)
    with pytest.raises(ValueError, match="2 MB"):
        packing.unpacked(target.getvalue())
    with pytest.raises(ValueError, match="archiv"):
        packing.unpacked(b"PK\x03\x04 e poi nulla")


def test_its_page_counts_what_the_file_holds(client, programme):
    data = packing.kit(programme)
    fields = data.get("experts", {}).get("fields", [])
    counted = {
        "phases": len(data["programme"]["phases"]),
        "forms": len(data["forms"]),
        "calls": len(data["calls"]),
        "fields": len(fields),
        "competences": sum(len(one["competences"]) for one in fields),
        "dimensions": len(data.get("needs", {}).get("dimensions", [])),
        "milestones": len(data["milestones"]),
        "placements": len(data.get("placements", [])),
        "pitches": len(data.get("pitches", [])),
        "money": int("money" in data),
        "purposes": len(data["programme"]["privacy"]["purposes"]),
    }
    assert queries.held_by(programme) == counted
    Terms.objects.all().delete()
    client.force_login(holder(programme, "auditor"))
    page = client.get(reverse("blueprints:kit", args=[programme.slug])).text
    assert f"Fasi: {counted['phases']}" in page
    assert "Regole di pagamento" not in page


def test_the_staff_alone_takes_it(client, programme):
    page, file = (reverse(name, args=[programme.slug]) for name in ("blueprints:kit", "blueprints:kit_file"))
    client.force_login(PersonFactory())
    assert client.get(page).status_code == client.get(file).status_code == 404
    client.force_login(holder(programme, "auditor"))
    assert "Traguardi di ogni piano: 5" in client.get(page).text
    assert client.get(file)["Content-Type"] == "application/zip"
