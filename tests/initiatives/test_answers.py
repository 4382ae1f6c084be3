"""What a team sends and the programme answers: the proof of a legal entity, the public page."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories.initiatives import LegalProofFactory, StoryFactory, led, published
from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.programmes import ProgrammeFactory, holder
from vivaio.initiatives.actions import moving, presenting
from vivaio.initiatives.models import LegalProof, Story
from vivaio.initiatives.rules import initiatives as rules
from vivaio.initiatives.states import InitiativeState, ProofState, StoryState
from vivaio.kit import clock
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.events import gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person
from vivaio.people.states import MemberPart, OrganisationKind

pytestmark = pytest.mark.django_db
ENTITY = {"name": "Portineria srl", "kind": "company", "country": "IT", "vat_number": "00743110157"}


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *arguments):
    return reverse(f"initiatives:{name}", args=arguments)


def answered(staff, initiative, answer, **more):
    """Somebody of the staff answers the public page as they read it now."""
    return staff.post(
        url("story_act", initiative.pk, answer), {"revision": initiative.story.revision, **more}, follow=True
    )


def pdf():
    return SimpleUploadedFile("statuto.pdf", b"%PDF-1.7\nstartxref\n0\n%%EOF\n")


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="miracolo")


@pytest.fixture
def group(programme):
    """A team that is an informal group, who leads it, and who accompanies it."""
    informal = OrganisationFactory(kind=OrganisationKind.INFORMAL_GROUP)
    initiative, leader = led(programme=programme, organisation=informal, slug="portineria")
    return initiative, signed_in(leader), signed_in(holder(programme, "community_manager"))


def test_a_group_becomes_a_legal_entity_before_any_money(group):
    initiative, team, staff = group
    assert rules.may_receive_money(initiative)

    team.post(url("legal", initiative.pk), {**ENTITY, "file": pdf()})
    proof = LegalProof.objects.get()
    assert OutgoingLetter.objects.filter(letter="initiatives.proof_received").count() == 1
    staff.post(url("legal_answer", initiative.pk, proof.pk, "accept"))

    initiative.refresh_from_db()
    assert initiative.organisation.name == "Portineria srl"
    assert rules.may_receive_money(initiative) is None
    assert OutgoingLetter.objects.filter(letter="initiatives.proof_accepted").count() == 1


def test_a_group_does_not_call_itself_a_legal_entity(group):
    initiative, _team, _staff = group
    organisation = initiative.organisation
    boss = MembershipFactory(organisation=organisation, part=MemberPart.ADMINISTRATOR).person
    form = {"name": "Portineria", "kind": "association", "country": "IT", "tax_code": "00743110157"}
    page = signed_in(boss).post(reverse("people:edit", args=[organisation.pk]), form).content.decode()
    organisation.refresh_from_db()
    assert organisation.kind == OrganisationKind.INFORMAL_GROUP
    assert "con la prova" in page
    assert rules.may_receive_money(initiative)
    free = MembershipFactory(
        organisation=OrganisationFactory(kind=OrganisationKind.INFORMAL_GROUP), part=MemberPart.ADMINISTRATOR
    )
    signed_in(free.person).post(reverse("people:edit", args=[free.organisation_id]), form)
    free.organisation.refresh_from_db()
    assert free.organisation.kind == OrganisationKind.ASSOCIATION, "without an initiative its data are mended"


def test_a_proof_is_sent_back_with_the_reason_and_another_follows(group):
    initiative, team, staff = group
    proof = LegalProofFactory(initiative=initiative)

    staff.post(url("legal_answer", initiative.pk, proof.pk, "send-back"), {"reason": ""})
    proof.refresh_from_db()
    assert proof.state == ProofState.WAITING
    staff.post(url("legal_answer", initiative.pk, proof.pk, "send-back"), {"reason": "Manca la firma."})

    page = team.get(url("legal", initiative.pk))
    assert "Manca la firma." in page.text
    team.post(url("legal", initiative.pk), {**ENTITY, "file": pdf()})
    assert initiative.proofs.filter(state=ProofState.WAITING).count() == 1


def test_what_is_no_document_is_not_taken_as_proof(group):
    initiative, team, _staff = group

    page = team.post(url("legal", initiative.pk), {**ENTITY, "file": SimpleUploadedFile("a.pdf", b"MZ\x90")})

    assert page.status_code == 200
    assert not LegalProof.objects.exists()


def test_a_page_goes_on_line_once_the_programme_approves_it(group):
    initiative, team, staff = group
    team.post(url("story_write", initiative.pk), {"lead_it": "Tre cortili", "text_it": "Si **apre**."})
    team.post(url("story_act", initiative.pk, "ask"))
    assert Story.objects.get().state == StoryState.WRITING, "nobody has said that no one can be recognised"

    team.post(url("story_act", initiative.pk, "ask"), {"declared": "on"})
    assert Client().get(url("story", "miracolo", "portineria")).status_code == 404
    answered(staff, initiative, "approve")

    page = Client().get(url("story", "miracolo", "portineria"))
    assert "Tre cortili" in page.text
    assert "<strong>apre</strong>" in page.text
    assert "Tre cortili" in Client().get(url("stories", "miracolo")).text
    assert f"/programmes/miracolo/stories/{initiative.slug}/" in Client().get("/sitemap.xml").text


def test_what_is_on_line_stays_until_new_words_are_approved(group):
    initiative, team, staff = group
    published(StoryFactory(initiative=initiative, lead="Le parole di prima"))

    team.post(
        url("story_write", initiative.pk),
        {"lead_it": "Nuove", "text_it": "Altro", "picture_alt_it": "Un cortile"},
    )

    assert "Le parole di prima" in Client().get(url("story", "miracolo", "portineria")).text
    team.post(url("story_act", initiative.pk, "ask"), {"declared": "on"})
    initiative.refresh_from_db()
    answered(staff, initiative, "send-back", reason="Togli il nome del signore.")
    assert "Togli il nome del signore." in team.get(url("story_write", initiative.pk)).text
    team.post(url("story_act", initiative.pk, "withdraw"))
    assert Client().get(url("story", "miracolo", "portineria")).status_code == 404


def test_only_what_was_read_is_approved_title_and_all(group):
    initiative, team, staff = group
    StoryFactory(initiative=initiative, state=StoryState.ASKED)
    page = staff.get(url("story_write", initiative.pk)).text
    assert initiative.story.revision in page
    assert f"{initiative.story.pk}/picture/?prepared" in page

    read = initiative.story.revision
    team.post(url("edit", initiative.pk), {"language": "it", "title": "Il signor Neri del terzo piano"})
    initiative = type(initiative).objects.get(pk=initiative.pk)
    told = staff.post(url("story_act", initiative.pk, "approve"), {"revision": read}, follow=True)
    assert "è cambiata mentre la leggevi" in told.text
    assert Client().get(url("story", "miracolo", "portineria")).status_code == 404

    answered(staff, initiative, "approve")
    assert "Il signor Neri" in Client().get(url("story", "miracolo", "portineria")).text


def test_a_new_title_waits_for_its_own_approval(group):
    initiative, team, staff = group
    published(StoryFactory(initiative=initiative))
    before = initiative.title

    team.post(url("edit", initiative.pk), {"language": "it", "title": "Il nome di qualcuno"})
    public = Client().get(url("story", "miracolo", "portineria")).text
    assert before in public
    assert "Il nome di qualcuno" not in public
    assert "Il nome di qualcuno" not in Client().get(url("stories", "miracolo")).text
    assert f"si chiama ancora «{before}»" in team.get(url("story_write", initiative.pk)).text

    team.post(url("story_act", initiative.pk, "ask"), {"declared": "on"})
    answered(staff, type(initiative).objects.get(pk=initiative.pk), "approve")
    assert "Il nome di qualcuno" in Client().get(url("story", "miracolo", "portineria")).text


def test_a_stranger_reads_no_proof_and_no_page_in_preparation(group):
    initiative, _team, _staff = group
    proof = LegalProofFactory(initiative=initiative)
    story = StoryFactory(initiative=initiative)
    stranger = signed_in(PersonFactory())

    assert stranger.get(url("legal_file", initiative.pk, proof.pk)).status_code == 404
    assert stranger.get(url("story_picture", story.pk)).status_code == 404
    assert Client().get(url("story_picture", story.pk)).status_code == 404


def test_a_new_picture_is_seen_by_nobody_outside_until_it_is_approved():
    initiative, leader = led(programme=ProgrammeFactory(state="published"))
    story = published(StoryFactory(initiative=initiative))
    Story.objects.filter(pk=story.pk).update(picture="stories/not-approved.jpg")
    default_storage.save("stories/not-approved.jpg", ContentFile(b"\xff\xd8not approved\xff\xd9"))
    address = url("story_picture", story.pk)

    def seen(client):
        return b"".join(client.get(address, {"prepared": "1"}))

    assert b"not approved" in seen(signed_in(leader))
    assert b"not approved" in seen(signed_in(holder(initiative.programme, "auditor")))
    assert b"not approved" not in seen(signed_in(PersonFactory()))
    assert b"not approved" not in seen(Client())


def test_who_takes_their_data_along_has_the_proofs_too():
    initiative, leader = led()
    LegalProofFactory(initiative=initiative, sent_by=leader)
    into = Gathered()
    gathering.send(Person, person=leader, into=into)
    assert [name for name, _file in into.files] == ["files/001 statuto.pdf"]


def test_nothing_is_answered_about_an_initiative_that_is_closed(group):
    initiative, _team, staff = group
    proof = LegalProofFactory(initiative=initiative)
    type(initiative).objects.update(state=InitiativeState.CLOSED)
    assert (
        url("legal_answer", initiative.pk, proof.pk, "accept")
        not in staff.get(url("legal", initiative.pk)).text
    )
    told = staff.post(url("legal_answer", initiative.pk, proof.pk, "accept"), follow=True).text
    assert "è chiusa" in told
    proof.refresh_from_db()
    assert proof.state == ProofState.WAITING
    assert "Verificare 1" not in staff.get(reverse("desk:home")).text


def test_the_page_names_the_enterprise_once_the_team_and_the_programme_let_it():
    programme = ProgrammeFactory(state="published")
    initiative, leader = led(programme=programme)
    story = published(StoryFactory(initiative=initiative))
    manager = holder(programme, "manager")
    born = OrganisationFactory(
        name="Portineria srl", description="Custodisce cortili.", municipality="Milano"
    )
    moving.spin_off(initiative, enterprise=born, on=clock.today(), by=manager)
    team, anyone = signed_in(leader), Client()
    assert "Portineria srl" not in anyone.get(story.get_absolute_url()).text, "nobody has approved it yet"
    page = team.get(url("story_write", initiative.pk)).text
    assert "Portineria srl" in page
    assert "Compare nella pagina pubblica con la prossima approvazione." in page
    presenting.ask(initiative, declared=True, by=leader)
    read = Story.objects.get(pk=story.pk).revision
    presenting.approve(initiative, revision=read, by=manager)
    born.description = "Altro."
    born.save()
    told = anyone.get(story.get_absolute_url()).text
    for words in ("L’impresa che ne è nata", "Portineria srl", "Milano", "Custodisce cortili."):
        assert words in told
    assert "Altro." not in told
    moving.move(initiative, InitiativeState.ACTIVE, reason="Non è nata.", by=manager)
    assert "Portineria srl" not in anyone.get(story.get_absolute_url()).text
