"""Forming a jury: invitations, answers, limits."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from tests.factories.jury import (
    AssignmentFactory,
    ConflictFactory,
    JurorFactory,
    PanelFactory,
    eligible,
    judging_call,
    scored,
)
from tests.factories.people import PersonFactory
from tests.factories.programmes import holder
from tests.postman import words_of
from vivaio.journal.models import Record
from vivaio.jury import letters
from vivaio.jury.actions import panel as actions
from vivaio.jury.addresses import parse
from vivaio.jury.models import Juror, Panel
from vivaio.jury.states import ConflictState, JurorState
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.programmes.models import RoleHolding

pytestmark = pytest.mark.django_db


def address(call, name, **more):
    return reverse(f"jury:{name}", kwargs={"programme": call.programme.slug, "call": call.slug, **more})


def link_in(letter):
    return re.search(r"https?://[^\s]+/jury/invitations/([^/\s]+)/", words_of(letter)).group(1)


@pytest.fixture
def call():
    return judging_call()


@pytest.fixture
def manager(call):
    return holder(call.programme, "manager")


def test_an_invited_person_signs_in_accepts_and_is_asked_about_conflicts(client, call, manager):
    client.force_login(manager)
    client.post(
        address(call, "invite"),
        {"email": "Elena@Example.org", "given_name": "Elena", "language": "it", "capacity": 5, "minimum": 0},
    )
    letter = OutgoingLetter.objects.get(letter="jury.invitation")
    token = link_in(letter)
    assert letter.recipient_email == "elena@example.org"
    assert token not in str(Juror.objects.values().get())

    client.logout()
    page = client.get(reverse("jury:invitation", args=[token]))
    assert page.status_code == 200
    assert reverse("account_signup") in page.content.decode()

    elena = PersonFactory(email="elena@example.org")
    client.force_login(elena)
    answer = client.post(reverse("jury:accept", args=[token]))
    juror = Juror.objects.get()
    assert juror.state == JurorState.ACCEPTED
    assert juror.person == elena
    assert answer.url == reverse("jury:declaration", args=[juror.panel_id])
    assert RoleHolding.objects.filter(person=elena, programme=call.programme, role="juror").exists()


def test_the_wrong_account_is_told_which_one_was_invited(client, call, manager):
    juror = actions.invite(actions.ensure(call), email="elena@example.org", by=manager)
    other = PersonFactory(email="altra@example.org")
    client.force_login(other)
    page = client.get(reverse("jury:invitation", args=[juror.invitation_token])).content.decode()
    assert "elena@example.org" in page
    assert "altra@example.org" in page
    client.post(reverse("jury:accept", args=[juror.invitation_token]))
    juror.refresh_from_db()
    assert juror.state == JurorState.INVITED


def test_an_invitation_is_declined_without_an_account_and_only_once(client, call):
    juror = actions.invite(actions.ensure(call), email="elena@example.org")
    url = reverse("jury:decline", args=[juror.invitation_token])
    assert "Rifiutare l’invito?" in client.get(url).content.decode()
    juror.refresh_from_db()
    assert juror.state == JurorState.INVITED
    assert client.post(url, {"reason": "Sono all’estero."}).status_code == 200
    juror.refresh_from_db()
    assert (juror.state, juror.decline_reason) == (JurorState.DECLINED, "Sono all’estero.")
    assert client.post(url).status_code == 404


def test_the_inviter_hears_of_a_refusal_and_may_invite_again(call, manager):
    panel = actions.ensure(call)
    juror = actions.invite(panel, email="elena@example.org", given_name="Elena", by=manager)
    actions.decline(juror, reason="Sono all’estero.")
    told = OutgoingLetter.objects.get(letter="jury.declined")
    assert told.recipient_email == manager.email
    assert "Sono all’estero." in told.text
    assert Record.objects.filter(verb="juror.declined", subject_id=juror.pk).exists()
    again = actions.invite(panel, email="elena@example.org", by=manager)
    assert (again.pk, again.state, again.decline_reason) == (juror.pk, JurorState.INVITED, "")
    actions.decline(again)
    assert OutgoingLetter.objects.filter(letter="jury.declined").count() == 2


def test_an_expired_link_says_so_and_a_new_one_replaces_it(client, call):
    juror = actions.invite(actions.ensure(call), email="elena@example.org")
    old = juror.invitation_token
    person = PersonFactory(email="elena@example.org")
    juror.expires_at = clock.now()
    juror.save()
    with pytest.raises(Refused):
        actions.accept(juror, by=person)
    again = actions.resend(juror)
    assert client.get(reverse("jury:invitation", args=[old])).status_code == 404
    assert actions.accept(again, by=person).state == JurorState.ACCEPTED


def test_pasted_lines_are_understood_or_told_one_by_one():
    lines = parse(
        "Elena Vismara <elena@example.org>\n"
        "paolo@example.org\n"
        "Maria Grazia; De Luca; MARIA@example.org\n"
        "\n"
        "Senza Indirizzo\n"
        "storto@@example\n"
        "elena@example.org\n"
        "nota@example.org",
        known=["nota@example.org"],
    )
    good = [(line.given_name, line.family_name, line.email) for line in lines if not line.error]
    assert good == [
        ("Elena", "Vismara", "elena@example.org"),
        ("", "", "paolo@example.org"),
        ("Maria Grazia", "De Luca", "maria@example.org"),
    ]
    assert [line.number for line in lines if line.error] == [5, 6, 7, 8]


def test_many_are_previewed_before_anybody_is_written_to(client, call, manager):
    client.force_login(manager)
    data = {
        "text": "elena@example.org\nrotto\npaolo@example.org",
        "language": "en",
        "capacity": 4,
        "minimum": 0,
    }
    page = client.post(address(call, "invite_many"), data)
    assert page.status_code == 200
    assert "rotto" in page.content.decode()
    assert OutgoingLetter.objects.count() == 0
    client.post(address(call, "invite_many"), {**data, "step": "invite"})
    assert set(Juror.objects.values_list("email", flat=True)) == {"elena@example.org", "paolo@example.org"}
    assert [letter.language for letter in OutgoingLetter.objects.filter(letter="jury.invitation")] == [
        "en",
        "en",
    ]


@pytest.mark.parametrize(
    ("chosen", "account", "written"), [("", None, "en"), ("it", None, "it"), ("it", "en", "en")]
)
def test_the_letter_speaks_the_chosen_language_or_the_persons_own(call, chosen, account, written):
    call.programme.languages = ["de", "en", "it"]
    call.programme.save()
    if account:
        PersonFactory(email="elena@example.org", language=account)
    actions.invite(actions.ensure(call), email="elena@example.org", language=chosen)
    assert OutgoingLetter.objects.get().language == written


def test_the_form_begins_with_the_programmes_first_language(client, call, manager):
    call.programme.languages = ["en", "it"]
    call.programme.save()
    client.force_login(manager)
    for name in ("panel", "invite_many"):
        assert '<option value="en" selected>' in client.get(address(call, name)).content.decode()


def test_an_address_has_one_seat(call):
    panel = actions.ensure(call)
    actions.invite(panel, email="elena@example.org")
    with pytest.raises(Refused, match=r"elena@example\.org"):
        actions.invite(panel, email="ELENA@example.org")


def test_what_was_typed_stays_when_the_invitation_is_refused(client, call, manager):
    actions.invite(actions.ensure(call), email="elena@example.org")
    client.force_login(manager)
    page = client.post(
        address(call, "invite"),
        {"email": "elena@example.org", "given_name": "Elena", "language": "it", "capacity": 3, "minimum": 0},
    )
    assert page.status_code == 422
    assert 'value="Elena"' in page.content.decode()


def test_leaving_takes_the_role_and_what_was_to_score_but_never_scores():
    juror = JurorFactory()
    to_score = AssignmentFactory(juror=juror)
    actions.remove(juror)
    assert not RoleHolding.objects.filter(person=juror.person, role="juror").exists()
    assert not Panel.objects.get().jurors.get().assignments.filter(pk=to_score.pk).exists()

    busy = JurorFactory(panel=juror.panel)
    done = scored(AssignmentFactory(juror=busy))
    with pytest.raises(Refused):
        actions.remove(busy)
    assert done.scores.count() == 2


def test_a_juror_keeps_the_role_while_another_seat_remains():
    first = JurorFactory()
    second = PanelFactory(call=judging_call(programme=first.panel.call.programme))
    Juror.objects.create(panel=second, person=first.person, email=first.email, state=JurorState.ACCEPTED)
    actions.remove(first)
    assert RoleHolding.objects.filter(person=first.person, role="juror").exists()


def test_limits_never_fall_under_what_is_assigned():
    juror = JurorFactory()
    for _ in range(2):
        AssignmentFactory(juror=juror)
    with pytest.raises(Refused):
        actions.change_limits(juror, capacity=1, minimum=0)
    with pytest.raises(Refused):
        actions.change_limits(juror, capacity=3, minimum=4)
    assert actions.change_limits(juror, capacity=2, minimum=2).capacity == 2


@pytest.mark.parametrize("role", ["auditor", "evaluator", "juror", None])
def test_only_who_may_edit_the_jury_invites(client, call, role):
    actions.ensure(call)
    person = holder(call.programme, role) if role else PersonFactory()
    client.force_login(person)
    client.post(
        address(call, "invite"), {"email": "x@example.org", "language": "it", "capacity": 3, "minimum": 0}
    )
    assert not Juror.objects.exists()
    assert client.get(address(call, "panel")).status_code == (200 if role == "auditor" else 404)


def test_the_page_costs_the_same_with_few_and_with_many(client, call, manager, django_assert_max_num_queries):
    panel = PanelFactory(call=call)
    application = eligible(call)
    for _ in range(3):
        AssignmentFactory(juror=JurorFactory(panel=panel), application=application)
    client.force_login(manager)
    with django_assert_max_num_queries(12) as few:
        client.get(address(call, "panel"))
    for _ in range(12):
        AssignmentFactory(juror=JurorFactory(panel=panel), application=application)
    with django_assert_max_num_queries(12) as many:
        client.get(address(call, "panel"))
    assert len(many.captured_queries) == len(few.captured_queries)


def test_the_desk_leads_to_ones_own_invitation_and_to_nobody_elses(client, call):
    juror = actions.invite(actions.ensure(call), email="elena@example.org")
    elena = PersonFactory(email="elena@example.org")
    proof = EmailAddress.objects.create(user=elena, email=elena.email, verified=False, primary=True)
    own = reverse("jury:invitation", args=[juror.pk])
    client.force_login(PersonFactory(email="altra@example.org"))
    assert client.get(own).status_code == 404
    assert own not in client.get(reverse("desk:home")).content.decode()
    client.logout()
    assert client.get(own).status_code == 404
    client.force_login(elena)
    assert (
        own not in client.get(reverse("desk:home")).content.decode()
    )  # an address not confirmed is anybody's
    assert client.get(own).status_code == 404
    proof.verified = True
    proof.save()
    assert own in client.get(reverse("desk:home")).content.decode()
    assert client.get(own).status_code == 200
    client.post(reverse("jury:accept", args=[juror.pk]))
    juror.refresh_from_db()
    assert juror.state == JurorState.ACCEPTED
    assert own not in client.get(reverse("desk:home")).content.decode()


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_letter_is_written_in_the_readers_language(language):
    juror = JurorFactory(person__language=language)
    juror.to_do, juror.invitation_token, juror.expires_at = 2, "x" * 43, clock.now()
    for letter in (letters.invitation, letters.ready, letters.reminder, letters.reopened):
        written = letter.preview(juror)
        assert written.language == language
        assert str(juror.panel.call) in written.subject + written.text
        assert f"/{language}/jury/" in written.text + written.secret
        assert "{{" not in written.text


def test_lists_are_taken_away(client, call, manager):
    juror = JurorFactory(panel=PanelFactory(call=call), person__family_name="Inconfondibile")
    AssignmentFactory(juror=juror, application=eligible(call))
    client.force_login(manager)
    ConflictFactory(juror=juror, application=eligible(call))
    for name in ("panel", "conflicts", "assignment", "progress"):
        for kind in ("csv", "xlsx"):
            answer = client.get(address(call, name), {"export": kind})
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code == 200
            assert kind == "xlsx" or "Inconfondibile" in body.decode("utf-8-sig")


def rows_of(client, call, name, **query):
    """The bodies of the page's tables, joined."""
    html = client.get(address(call, name), query).content.decode()
    return " ".join(re.findall(r"<tbody[^>]*>(.*?)</tbody>", html, re.DOTALL))


def test_the_lists_of_the_work_are_searched_filtered_and_sorted(client, call, manager):
    panel = PanelFactory(call=call)
    first = JurorFactory(panel=panel, person__family_name="Alfieri")
    second = JurorFactory(panel=panel, person__family_name="Zanetti")
    orto, banco = eligible(call, title="Orto Pensile"), eligible(call, title="Banco di prova")
    scored(AssignmentFactory(juror=first, application=orto), 5, 5)
    AssignmentFactory(juror=second, application=orto)
    AssignmentFactory(juror=second, application=banco)
    ConflictFactory(juror=first, application=banco)
    ConflictFactory(
        juror=second, application=orto, state=ConflictState.DISMISSED, decision_reason="Omonimia."
    )
    client.force_login(manager)
    cases = (
        ("conflicts", {"q": "zanetti"}, "Orto Pensile", "Banco di prova"),
        ("conflicts", {"state": "standing"}, "Banco di prova", "Orto Pensile"),
        ("assignment", {"q": "pensile"}, "Orto Pensile", "Banco di prova"),
        ("assignment", {"readers": "short"}, "Banco di prova", "Orto Pensile"),
        ("progress", {"work": "done", "application-q": "pensile"}, "Alfieri", "Zanetti"),
        ("progress", {"application-work": "missing", "application-q": "banco"}, "Banco", "Orto Pensile"),
    )
    for name, query, found, left_out in cases:
        told = rows_of(client, call, name, **query)
        assert found in told, (name, query)
        assert left_out not in told, (name, query)
    told = rows_of(client, call, "progress", sort="-left")
    assert told.index("Zanetti") < told.index("Alfieri")
    taken = client.get(address(call, "assignment"), {"readers": "short", "export": "csv"})
    body = b"".join(taken.streaming_content).decode("utf-8-sig")
    assert "Banco di prova" in body
    assert "Orto Pensile" not in body
