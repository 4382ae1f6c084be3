"""Who holds which role: invited by letter, accepted by the right person, ended at once."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import PersonFactory
from tests.factories.programmes import ProgrammeFactory, RoleHoldingFactory, holder
from tests.postman import path_in, words_of
from tests.together import at_once
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.states import InvitationState
from vivaio.programmes import actions, queries
from vivaio.programmes.models import RoleHolding, RoleInvitation
from vivaio.programmes.roles import PERMISSIONS, ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(title="Miracolo a Milano")


@pytest.fixture
def manager(programme):
    return holder(programme, "manager", given_name="Paolo", family_name="Redaelli")


@pytest.fixture
def staff(client, manager):
    client.force_login(manager)
    return client


def page_of(programme):
    return reverse("programmes:roles", args=[programme.slug])


def invite(client, programme, **given):
    data = {"email": "marta@example.org", "role": "secretary", "language": "it", **given}
    return client.post(reverse("programmes:invite", args=[programme.slug]), data, follow=True)


def newest_link():
    letter = OutgoingLetter.objects.order_by("created_at").last()
    return path_in(words_of(letter))


def test_every_permission_is_told_in_words():
    used = frozenset().union(*(role.permissions for role in ROLES.values()))
    assert used == set(PERMISSIONS)


def test_a_role_is_invited_to_by_letter_accepted_and_held(staff, programme, client):
    body = invite(staff, programme).content.decode()
    assert "marta@example.org" in body
    letter = OutgoingLetter.objects.get()
    assert letter.subject == "Segreteria del bando di Miracolo a Milano: un invito"
    assert "Paolo Redaelli" in letter.text
    link = newest_link()
    assert RoleInvitation.objects.filter(token_digest=link.split("/")[-2]).exists() is False

    marta = PersonFactory(email="marta@example.org")
    hers = Client()
    assert "Accedi" in hers.get(link).content.decode()
    hers.force_login(marta)
    answered = hers.post(link + "accept/")
    assert answered.status_code == 302
    assert queries.can(marta, "applications.decide", programme)
    assert hers.post(link + "accept/").status_code == 302  # a second click leads to the same page
    assert RoleHolding.objects.filter(person=marta).count() == 1
    verbs = list(Record.objects.values_list("verb", flat=True))
    assert {"programmes.role_invited", "programmes.role_taken"} <= set(verbs)


def test_the_letter_speaks_the_language_asked_for_or_the_persons_own(staff, programme):
    PersonFactory(email="own@example.org", language="en")
    invite(staff, programme, email="new@example.org", language="en")
    invite(staff, programme, email="own@example.org", language="it")
    assert {letter.language for letter in OutgoingLetter.objects.all()} == {"en"}
    assert all("With this role you can" in letter.text for letter in OutgoingLetter.objects.all())


def test_the_wrong_account_is_told_which_is_the_right_one(staff, programme):
    invite(staff, programme)
    link = newest_link()
    other = Client()
    other.force_login(PersonFactory(email="altra@example.org"))
    body = other.get(link).content.decode()
    assert "marta@example.org" in body
    assert "altra@example.org" in body
    other.post(link + "accept/")
    assert not RoleHolding.objects.filter(person__email="altra@example.org").exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": InvitationState.CANCELLED}, "revocato"),
        ({"state": InvitationState.DECLINED}, "rifiutato"),
        ({"expires_at": clock.now() - dt.timedelta(minutes=1)}, "scaduto"),
    ],
)
def test_an_invitation_that_is_over_says_why(staff, programme, change, words):
    invite(staff, programme)
    link = newest_link()
    RoleInvitation.objects.update(**change)
    marta = PersonFactory(email="marta@example.org")
    hers = Client()
    hers.force_login(marta)
    hers.post(link + "accept/")
    assert words in hers.get(link).content.decode()
    assert not RoleHolding.objects.filter(person=marta).exists()


def test_an_unknown_link_says_what_to_do(client):
    answer = client.get(reverse("programmes:invitation", args=["nessuno"]))
    assert answer.status_code == 404
    assert "lettera" in answer.content.decode()


def test_sending_again_makes_the_earlier_link_useless(staff, programme):
    invite(staff, programme)
    first = newest_link()
    invitation = RoleInvitation.objects.get()
    RoleInvitation.objects.update(expires_at=clock.now() - dt.timedelta(days=1))
    staff.post(reverse("programmes:resend", args=[programme.slug, invitation.pk]))
    assert OutgoingLetter.objects.count() == 2
    assert staff.get(first).status_code == 404
    assert staff.get(newest_link()).status_code == 200


def test_an_invitation_called_back_leaves_the_list(staff, programme):
    invite(staff, programme)
    invitation = RoleInvitation.objects.get()
    staff.post(reverse("programmes:cancel", args=[programme.slug, invitation.pk]))
    staff.get(page_of(programme))  # the message that names the address is read here
    assert "marta@example.org" not in staff.get(page_of(programme)).content.decode()
    assert RoleInvitation.objects.get().state == InvitationState.CANCELLED


def test_declining_asks_needs_no_account_and_tells_the_inviter(staff, programme, manager):
    invite(staff, programme)
    link = newest_link()
    stranger = Client()
    assert "Rifiutare l’invito?" in stranger.get(link + "decline/").content.decode()
    assert RoleInvitation.objects.get().state == InvitationState.SENT
    after = stranger.post(link + "decline/", follow=True)
    assert after.status_code == 200
    assert ">Invito rifiutato</h1>" in after.text
    declined = RoleInvitation.objects.get()
    assert declined.state == InvitationState.DECLINED
    assert Record.objects.filter(verb="programmes.role_declined", subject_id=declined.pk).exists()
    told = OutgoingLetter.objects.get(letter="programmes.role_declined")
    assert (told.recipient_email, told.language) == (manager.email, manager.language)
    invite(staff, programme)
    assert RoleInvitation.objects.filter(state=InvitationState.SENT).count() == 1


def test_jurors_are_not_invited_here(staff, programme, manager):
    assert (
        'value="juror"'
        not in invite(staff, programme, role="juror").content.decode().split('name="email"')[-1]
    )
    with pytest.raises(Refused, match="giuria"):
        actions.invite(programme, email="a@example.org", role="juror", language="it", by=manager)
    assert not OutgoingLetter.objects.exists()


def test_who_holds_the_role_is_not_invited_to_it_and_nothing_typed_is_lost(staff, programme):
    marta = holder(programme, "secretary", email="marta@example.org")
    answer = invite(staff, programme, email=marta.email.upper())
    assert answer.status_code == 422
    assert "MARTA@EXAMPLE.ORG" in answer.content.decode()


def test_the_last_manager_stays(staff, programme, manager):
    own = RoleHolding.objects.get(person=manager)
    end = reverse("programmes:end_role", args=[programme.slug, own.pk])
    assert 'aria-disabled="true"' in staff.get(end).content.decode()
    staff.post(end)
    assert RoleHolding.objects.filter(pk=own.pk).exists()
    gone = holder(programme, "manager", is_active=False)
    staff.post(end)
    assert RoleHolding.objects.filter(pk=own.pk).exists(), "a manager who cannot sign in does not count"
    gone.is_active = True
    gone.save()
    staff.post(end)
    assert not RoleHolding.objects.filter(pk=own.pk).exists()


def test_two_managers_who_end_each_other_leave_one(transactional_db, programme):
    first = RoleHoldingFactory(programme=programme)
    second = RoleHoldingFactory(programme=programme)
    outcomes = at_once(
        lambda: actions.end_role(second, by=first.person), lambda: actions.end_role(first, by=second.person)
    )
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert RoleHolding.objects.count() == 1


def test_two_clicks_on_accept_give_one_role(transactional_db, programme):
    manager = holder(programme, "manager")
    marta = PersonFactory(email="marta@example.org")
    invitation = actions.invite(programme, email=marta.email, role="secretary", language="it", by=manager)
    outcomes = at_once(*[lambda: actions.accept(invitation, by=marta)] * 2)
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert RoleHolding.objects.filter(person=marta).count() == 1


def test_an_ended_role_is_lost_at_once_in_open_sessions(staff, programme):
    secretary = holder(programme, "secretary")
    other = holder(programme, "manager")
    hers = Client()
    hers.force_login(other)
    assert hers.get(page_of(programme)).status_code == 200
    held = RoleHolding.objects.get(person=other)
    staff.post(reverse("programmes:end_role", args=[programme.slug, held.pk]), follow=True)
    assert hers.get(page_of(programme)).status_code == 404
    assert not queries.can(other, "roles.grant", programme)
    assert queries.can(secretary, "applications.decide", programme)


def test_a_jurors_role_ends_in_the_jury_alone(staff, programme):
    juror = RoleHoldingFactory(programme=programme, role="juror")
    staff.post(reverse("programmes:end_role", args=[programme.slug, juror.pk]))
    assert RoleHolding.objects.filter(pk=juror.pk).exists()


@pytest.mark.parametrize("role", ["secretary", "auditor", "juror", None])
def test_the_page_is_the_managers_alone(client, programme, role):
    person = holder(programme, role) if role else PersonFactory()
    client.force_login(person)
    assert client.get(page_of(programme)).status_code == 404
    assert invite(client, programme).status_code == 404
    assert not RoleInvitation.objects.exists()


def test_roles_of_another_programme_are_out_of_reach(staff, programme):
    elsewhere = RoleHoldingFactory()
    end = reverse("programmes:end_role", args=[programme.slug, elsewhere.pk])
    assert staff.post(end).status_code == 404
    assert RoleHolding.objects.filter(pk=elsewhere.pk).exists()


def test_the_list_is_searched_filtered_and_exported(staff, programme):
    holder(programme, "secretary", given_name="Marta", family_name="Colombo")
    holder(programme, "auditor", given_name="Nora", family_name="Riva")
    found = staff.get(page_of(programme), {"q": "colombo"}).content.decode()
    assert "Marta Colombo" in found
    assert "Nora Riva" not in found
    filtered = staff.get(page_of(programme), {"role": "auditor"}).content.decode()
    assert "Nora Riva" in filtered
    assert "Marta Colombo" not in filtered
    export = b"".join(staff.get(page_of(programme), {"export": "csv"})).decode("utf-8-sig")
    assert export.count("\n") == 4
    assert "Nora Riva" in export


def test_the_page_costs_the_same_with_many_people(staff, programme, django_assert_max_num_queries):
    for number in range(3):
        holder(programme, "auditor")
        invite(staff, programme, email=f"a{number}@example.org")
    staff.get(page_of(programme))
    with django_assert_max_num_queries(12) as few:
        staff.get(page_of(programme))
    cost = len(few)
    for number in range(30):
        holder(programme, "evaluator")
        invite(staff, programme, email=f"b{number}@example.org")
    staff.get(page_of(programme))
    with django_assert_max_num_queries(cost):
        staff.get(page_of(programme))


def test_hostile_names_are_shown_as_they_are(staff, programme):
    name = "<script>alert(1)</script>"
    holder(programme, "auditor", given_name=name, family_name="O'Brien & [x](http://a.example)")
    body = staff.get(page_of(programme)).content.decode()
    assert name not in body
    assert "&lt;script&gt;" in body
