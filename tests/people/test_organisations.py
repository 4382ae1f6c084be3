"""Organisations in the hands of their people: registering, board, invitations, leaving."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.people import MembershipFactory, OrganisationFactory, PersonFactory
from tests.postman import path_in, words_of
from tests.together import at_once
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people import actions, queries
from vivaio.people.models import Membership, Organisation, OrganisationInvitation, Person, Relation
from vivaio.people.states import InvitationState, MemberPart, RelationKind

pytestmark = pytest.mark.django_db
VAT = "00743110157"


@pytest.fixture
def ada():
    return PersonFactory(email="ada@example.org", given_name="Ada", family_name="Ferrari")


@pytest.fixture
def hers(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def coop(ada):
    return MembershipFactory(person=ada, organisation__name="Filo di Ringhiera").organisation


def at(name, *args):
    return reverse(f"people:{name}", args=args)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def register(client, **given):
    data = {"name": "La Corte", "kind": "cooperative", "country": "IT", "vat_number": VAT, **given}
    return client.post(at("create"), data)


def invite(client, coop, email="beppe@example.org", part="member", language="it"):
    return client.post(
        at("invite", coop.pk), {"email": email, "part": part, "language": language}, follow=True
    )


def newest_link():
    return path_in(words_of(OutgoingLetter.objects.order_by("created_at").last()))


def board_of(*seats, stored=0):
    data = {"form-TOTAL_FORMS": len(seats), "form-INITIAL_FORMS": stored}
    for number, seat in enumerate(seats):
        names = zip(("given_name", "family_name", "part", "email"), seat, strict=True)
        data |= {f"form-{number}-{name}": value for name, value in names}
    return data


def test_from_registering_to_leaving(hers, ada):
    assert "Non fai ancora parte" in hers.get(at("organisations")).content.decode()
    assert register(hers).status_code == 302
    coop = Organisation.objects.get()
    assert queries.administers(ada, coop)
    answer = hers.post(at("board", coop.pk), board_of(("Teresa", "Brambati", "president", "")), follow=True)
    assert "Teresa Brambati" in answer.content.decode()

    invite(hers, coop)
    beppe = PersonFactory(email="beppe@example.org")
    his = signed_in(beppe)
    link = newest_link()
    assert "Accetta l’invito" in his.get(link).content.decode()
    assert his.post(link, follow=True).status_code == 200
    assert his.post(link).status_code == 302  # a second click leads where the first one did
    assert queries.belongs(beppe, coop)
    tie = Relation.objects.get(person=beppe)
    assert (tie.kind, tie.since, tie.until) == (RelationKind.MEMBERSHIP, clock.today(), None)

    member = Membership.objects.get(person=beppe)
    assert "Uscire" in his.get(at("end_membership", coop.pk, member.pk)).content.decode()
    his.post(at("end_membership", coop.pk, member.pk))
    assert his.get(at("organisation", coop.pk)).status_code == 404
    tie.refresh_from_db()
    assert tie.until == clock.today()


def test_declining_asks_needs_no_account_and_tells_the_inviter(hers, ada, coop):
    invite(hers, coop, language="en")
    assert OutgoingLetter.objects.get().language == "en"
    link, stranger = newest_link(), Client()
    assert stranger.get(link + "decline/").status_code == 200
    assert OrganisationInvitation.objects.get().state == InvitationState.SENT
    page = stranger.post(link + "decline/", follow=True).content.decode()
    assert "This invitation was declined" in page
    declined = OrganisationInvitation.objects.get()
    assert declined.state == InvitationState.DECLINED
    assert Record.objects.filter(verb="people.invitation_declined", subject_id=declined.pk).exists()
    assert OutgoingLetter.objects.get(letter="people.invitation_declined").recipient_email == ada.email
    invite(hers, coop)
    assert OrganisationInvitation.objects.filter(state=InvitationState.SENT).count() == 1


def test_two_organisations_cannot_have_one_number(hers):
    register(hers)
    answer = register(hers, name="Un’altra")
    assert answer.status_code == 200
    body = answer.content.decode()
    assert "registrata" in body
    assert "organisation_vat_once" not in body
    assert "Un’altra" in body
    assert Organisation.objects.count() == 1


def test_two_who_register_one_number_at_once_make_one(transactional_db):
    people = [PersonFactory(), PersonFactory()]
    values = {"name": "La Corte", "kind": "cooperative", "country": "IT", "vat_number": VAT}
    outcomes = at_once(*[lambda who=who: actions.create_organisation(values, by=who) for who in people])
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert Organisation.objects.count() == Membership.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"kind": "club"},
        {"vat_number": "00743110158"},
        {"vat_number": ""},
        {"country": "XX"},
        {"website": "javascript:alert(1)"},
        {"founded_on": "31/31/2020"},
        {"sectors": ["x"]},
        {"name": "n" * 201},
    ],
)
def test_wrong_data_are_refused_and_kept_in_the_form(hers, wrong):
    body = register(hers, municipality="Sesto San Giovanni", **wrong).content.decode()
    assert "Sesto San Giovanni" in body
    assert "alert-danger" in body
    assert not Organisation.objects.exists()


def test_an_informal_group_needs_no_number(hers):
    assert register(hers, kind="informal_group", vat_number="").status_code == 302


def test_registering_leads_back_to_our_own_pages_alone(hers):
    assert register(hers, next="https://elsewhere.example/").url.startswith("/it/people/")
    assert (
        register(hers, vat_number="", tax_code="", kind="informal_group", next="/it/help/").url == "/it/help/"
    )


def test_the_organisations_of_others_are_not_there(hers, coop):
    other = MembershipFactory()
    pages = [
        at("organisation", other.organisation.pk),
        at("edit", other.organisation.pk),
        at("board", other.organisation.pk),
        at("end_membership", other.organisation.pk, other.pk),
        at("end_membership", coop.pk, other.pk),
    ]
    assert {hers.get(page).status_code for page in pages} == {404}
    posts = [
        at("invite", other.organisation.pk),
        at("change_part", other.organisation.pk, other.pk),
        at("change_part", coop.pk, other.pk),
    ]
    assert {hers.post(page, {"email": "a@example.org", "part": "member"}).status_code for page in posts} == {
        404
    }
    assert not OrganisationInvitation.objects.exists()


def test_a_plain_member_reads_and_changes_nothing(coop):
    beppe = PersonFactory()
    MembershipFactory(organisation=coop, person=beppe, part=MemberPart.MEMBER)
    actions.declare_board(
        coop,
        [{"given_name": "T", "family_name": "B", "part": "president", "email": "t@example.org"}],
        by=coop.memberships.get(part="administrator").person,
    )
    his = signed_in(beppe)
    assert his.get(at("organisation", coop.pk)).status_code == 200
    assert "t@example.org" not in his.get(at("board", coop.pk), follow=True).content.decode()
    his.post(at("edit", coop.pk), {"name": "Mia", "kind": "informal_group", "country": "IT"})
    invite(his, coop)
    coop.refresh_from_db()
    assert coop.name == "Filo di Ringhiera"
    assert not OrganisationInvitation.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": InvitationState.CANCELLED}, "revocato"),
        ({"expires_at": clock.now() - dt.timedelta(minutes=1)}, "scaduto"),
        ({"state": InvitationState.ACCEPTED}, "già stato usato"),
        ({"state": InvitationState.DECLINED}, ">Invito rifiutato</h1>"),
    ],
)
def test_an_invitation_that_is_over_says_why(hers, coop, change, words):
    invite(hers, coop)
    OrganisationInvitation.objects.update(**change)
    beppe = PersonFactory(email="beppe@example.org")
    his = signed_in(beppe)
    assert words in his.get(newest_link()).content.decode()
    refused = his.post(newest_link())
    assert refused.status_code == 409
    assert words in refused.content.decode()
    assert words in Client().get(newest_link()).content.decode()
    assert "Entra in Filo di Ringhiera" not in Client().get(newest_link()).content.decode()
    assert not queries.belongs(beppe, coop)


def test_the_wrong_account_is_told_and_shown_the_way_out(hers, coop):
    invite(hers, coop)
    other = PersonFactory(email="carla@example.org")
    body = signed_in(other).get(newest_link()).content.decode()
    assert "beppe@example.org" in body
    assert "carla@example.org" in body
    assert reverse("account_logout") in body
    assert signed_in(other).post(newest_link()).status_code == 409
    assert not queries.belongs(other, coop)


def test_a_second_invitation_replaces_the_first(hers, coop):
    invite(hers, coop)
    first = newest_link()
    invite(hers, coop)
    assert "revocato" in Client().get(first).content.decode()
    assert OrganisationInvitation.objects.filter(state=InvitationState.SENT).count() == 1


def test_who_belongs_already_is_not_invited(hers, coop, ada):
    assert "fa già parte" in invite(hers, coop, email="ADA@example.org").content.decode()
    assert not OutgoingLetter.objects.exists()


def test_two_clicks_on_accept_make_one_member(transactional_db):
    coop = MembershipFactory()
    beppe = PersonFactory()
    invitation = actions.invite_member(coop.organisation, beppe.email, "member", by=coop.person)
    outcomes = at_once(*[lambda: actions.accept_invitation(invitation, by=beppe)] * 2)
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1
    assert Membership.objects.filter(person=beppe).count() == 1
    assert Relation.objects.filter(person=beppe).count() == 1


def test_the_last_administrator_stays(hers, coop, ada):
    own = Membership.objects.get(person=ada)
    answer = hers.post(at("end_membership", coop.pk, own.pk), follow=True)
    assert "ha bisogno di chi la amministra" in answer.content.decode()
    hers.post(at("change_part", coop.pk, own.pk), {"part": "member"})
    own.refresh_from_db()
    assert (own.ended_at, own.part) == (None, MemberPart.ADMINISTRATOR)


def test_two_administrators_who_leave_at_once_leave_one(transactional_db):
    coop = OrganisationFactory()
    both = [MembershipFactory(organisation=coop), MembershipFactory(organisation=coop)]
    outcomes = at_once(*[lambda one=one: actions.end_membership(one, by=one.person) for one in both])
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 1


def test_an_unknown_part_changes_nothing(hers, coop):
    beppe = MembershipFactory(organisation=coop, part=MemberPart.MEMBER)
    hers.post(at("change_part", coop.pk, beppe.pk), {"part": "owner"})
    beppe.refresh_from_db()
    assert beppe.part == MemberPart.MEMBER
    hers.post(at("change_part", coop.pk, beppe.pk), {"part": "administrator"})
    beppe.refresh_from_db()
    assert beppe.part == MemberPart.ADMINISTRATOR


def test_the_board_is_tied_to_accounts_and_the_ties_end_with_it(hers, coop):
    teresa = PersonFactory(email="teresa@example.org")
    seat = ("Teresa", "Brambati", "president", "Teresa@example.org")
    hers.post(at("board", coop.pk), board_of(seat))
    tie = Relation.objects.get(person=teresa)
    Relation.objects.update(since=dt.date(2020, 1, 1))
    hers.post(at("board", coop.pk), board_of(seat, ("Nadir", "Hamoud", "director", ""), stored=1))
    tie.refresh_from_db()
    assert (tie.since, tie.until) == (dt.date(2020, 1, 1), None), "whoever stays keeps the day since when"
    hers.post(at("board", coop.pk), board_of(("Nadir", "Hamoud", "director", ""), stored=1))
    tie.refresh_from_db()
    assert tie.until == clock.today()
    assert coop.board.count() == 1


def test_another_row_of_the_board_keeps_what_was_typed(hers, coop):
    data = board_of(("Teresa", "", "", "")) | {"another": "yes"}
    body = hers.post(at("board", coop.pk), data).content.decode()
    assert 'value="Teresa"' in body
    assert not coop.board.exists()


def test_hostile_names_stay_names(hers, ada):
    name = "<b onmouseover=alert(1)>Coop</b> {{ 7*7 }}"
    register(hers, name=name)
    coop = Organisation.objects.get()
    for page in (at("organisation", coop.pk), at("organisations"), at("edit", coop.pk)):
        body = hers.get(page).content.decode()
        assert "<b onmouseover" not in body
        assert "&lt;b onmouseover" in body
    ada.given_name = "[clic](http://evil.example)"
    ada.save()
    invite(hers, coop)
    letter = OutgoingLetter.objects.get()
    assert 'href="http://evil.example"' not in letter.html


def test_the_list_costs_the_same_with_many(hers, ada, django_assert_max_num_queries):
    MembershipFactory(person=ada)
    hers.get(at("organisations"))
    with django_assert_max_num_queries(12) as few:
        hers.get(at("organisations"))
        cost = len(few)
    for _number in range(15):
        organisation = MembershipFactory(person=ada).organisation
        MembershipFactory(organisation=organisation)
    with django_assert_max_num_queries(cost):
        hers.get(at("organisations"))
    with django_assert_max_num_queries(12):
        hers.get(at("organisation", organisation.pk))


def test_the_profile_changes_name_and_language(hers, ada):
    data = {"given_name": "Ada", "family_name": "Rossi", "language": "en", "phone": ""}
    answer = hers.post(at("profile"), data, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/en/")
    assert "Your profile is saved." in answer.content.decode()
    assert Person.objects.get(pk=ada.pk).sort_name == "rossi ada"


def test_a_wrong_profile_is_refused_and_the_bar_still_says_who_you_are(hers):
    body = hers.post(
        at("profile"), {"given_name": "", "family_name": "x" * 81, "language": "xx"}
    ).content.decode()
    assert "alert-danger" in body
    assert "Ada Ferrari" in body


def test_a_board_whose_rows_are_counted_in_nonsense_is_no_failure(hers, coop):
    for count in ("²", "9" * 5000, "-1", ""):
        page = hers.post(at("board", coop.pk), {"another": "1", "form-TOTAL_FORMS": count})
        assert page.status_code == 200


def test_the_only_administrator_hands_over_and_leaves(client):
    coop = MembershipFactory()
    heir = MembershipFactory(organisation=coop.organisation, part="member")
    client.force_login(coop.person)
    page = reverse("people:end_membership", args=[coop.organisation.pk, coop.pk])
    assert str(heir.person) in client.get(page).content.decode()
    client.post(page, {"successor": str(heir.pk)})
    heir.refresh_from_db()
    coop.refresh_from_db()
    assert heir.part == "administrator"
    assert coop.ended_at is not None
    sent = set(OutgoingLetter.objects.values_list("letter", "recipient_email"))
    assert sent == {
        ("people.administration_given", heir.person.email),
        ("people.member_left", heir.person.email),
    }


def test_without_a_successor_the_only_administrator_stays(client):
    coop = MembershipFactory()
    MembershipFactory(organisation=coop.organisation, part="member")
    client.force_login(coop.person)
    client.post(reverse("people:end_membership", args=[coop.organisation.pk, coop.pk]), {"successor": ""})
    coop.refresh_from_db()
    assert coop.ended_at is None
    assert not OutgoingLetter.objects.exists()


def test_somebody_elses_member_is_no_successor(client):
    coop, stranger = MembershipFactory(), MembershipFactory(part="member")
    client.force_login(coop.person)
    page = reverse("people:end_membership", args=[coop.organisation.pk, coop.pk])
    client.post(page, {"successor": str(stranger.pk)})
    stranger.refresh_from_db()
    coop.refresh_from_db()
    assert stranger.part == "member"
    assert coop.ended_at is None


def test_a_plain_member_cannot_hand_over_what_they_do_not_have(client):
    coop = MembershipFactory()
    member = MembershipFactory(organisation=coop.organisation, part="member")
    other = MembershipFactory(organisation=coop.organisation, part="member")
    client.force_login(member.person)
    page = reverse("people:end_membership", args=[coop.organisation.pk, member.pk])
    client.post(page, {"successor": str(other.pk)})
    other.refresh_from_db()
    assert other.part == "member"


def test_who_is_let_go_is_told(client):
    coop = MembershipFactory()
    member = MembershipFactory(organisation=coop.organisation, part="member")
    client.force_login(coop.person)
    client.post(reverse("people:end_membership", args=[coop.organisation.pk, member.pk]))
    assert OutgoingLetter.objects.get().recipient_email == member.person.email
