"""The data controller and the privacy notice: written, published, read, kept; the same through a blueprint."""

import pytest
from django.urls import reverse

from tests.factories.applications import ApplicationFactory, open_call
from tests.factories.people import PersonFactory
from tests.factories.programmes import ControllerFactory, NoticeFactory, ProgrammeFactory, holder
from vivaio.applications import actions as applications
from vivaio.journal.models import Record
from vivaio.kit.rules import Refused
from vivaio.programmes import actions, queries
from vivaio.programmes.models import Notice, NoticeReading

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(title="Miracolo a Milano", languages=["it", "en"])


@pytest.fixture
def manager(programme):
    return holder(programme, "manager")


def at(name, programme, *more):
    return reverse(f"programmes:{name}", args=[programme.slug, *more])


def test_a_notice_is_written_read_again_and_published(client, programme, manager):
    client.force_login(manager)
    client.post(at("controller", programme), {"name": "Fondazione Triulza", "email": "privacy@example.org"})
    client.post(at("notices", programme), {"text_it": "# Perché\n\nPer valutare.", "text_en": "To assess."})
    assert "Per valutare" not in client.get(at("privacy", programme)).text
    assert "Per valutare" in client.get(at("publish_notice", programme)).text
    client.post(at("publish_notice", programme))
    page = client.get(at("privacy", programme)).text
    assert "Per valutare" in page
    assert "Fondazione Triulza" in page
    assert "To assess" in client.get(f"/en/programmes/{programme.slug}/privacy/").text
    assert Record.objects.filter(verb="programmes.notice_published", programme=programme.pk).count() == 1


def test_an_older_version_stays_readable_and_says_that_it_no_longer_holds(client, programme, manager):
    ControllerFactory(programme=programme)
    for words in ("Prime parole.", "Seconde parole."):
        actions.write_notice(programme, {"text": {"it": words, "en": ""}}, by=manager)
        actions.publish_notice(programme, by=manager)
    old = client.get(at("notice", programme, 1)).text
    assert "Prime parole." in old
    assert "non più in vigore" in old
    assert "Seconde parole." in client.get(at("privacy", programme)).text
    assert client.get(at("notice", programme, 3)).status_code == 404


def test_a_new_version_goes_on_from_the_text_that_holds_and_says_anew_what_changed(
    client, programme, manager
):
    NoticeFactory(programme=programme, text="In vigore.", changes="Il nuovo titolare.")
    client.force_login(manager)
    page = client.get(at("notices", programme))
    assert page.context["form"]["text_it"].value() == "In vigore."
    assert not page.context["form"]["changes_it"].value()


def test_a_published_version_cannot_be_changed():
    notice = NoticeFactory()
    notice.text = "Altro"
    with pytest.raises(TypeError):
        notice.save()


def test_without_a_data_controller_nothing_is_published(programme, manager):
    actions.write_notice(programme, {"text": {"it": "Parole", "en": ""}}, by=manager)
    with pytest.raises(Refused, match="titolare"):
        actions.publish_notice(programme, by=manager)
    assert queries.current_notice(programme) is None


def test_discarding_leaves_what_is_published(client, programme, manager):
    NoticeFactory(programme=programme, text="In vigore.")
    actions.write_notice(programme, {"text": {"it": "Bozza", "en": ""}}, by=manager)
    client.force_login(manager)
    client.post(at("discard_notice", programme))
    assert [notice.text for notice in Notice.objects.filter(programme=programme)] == ["In vigore."]


def test_what_an_applicant_read_is_kept_with_the_application():
    call = open_call()
    NoticeFactory(programme=call.programme, number=3)
    draft = ApplicationFactory(call=call)
    applications.submit(draft, by=draft.created_by, declared=True, noticed=True, notice="3")
    draft.refresh_from_db()
    assert draft.notice_version == "3"
    reading = NoticeReading.objects.get(person=draft.created_by)
    assert (reading.notice.number, reading.occasion) == (3, "application")


def test_a_notice_published_while_the_page_was_open_must_be_read_first(client):
    call = open_call()
    NoticeFactory(programme=call.programme, number=1)
    draft = ApplicationFactory(call=call)
    NoticeFactory(programme=call.programme, number=2, text="Parole nuove.")
    client.force_login(draft.created_by)
    address = reverse("applications:review", args=[draft.pk])
    sent = {"declared": "on", "noticed": "on"}
    page = client.post(address, {**sent, "notice": "1"}).text
    assert "cambiata" in page
    assert "Parole nuove." in page
    client.post(address, {**sent, "notice": "2"})
    draft.refresh_from_db()
    assert (draft.state, draft.notice_version) == ("submitted", "2")


def test_who_signs_up_has_read_the_notice_of_the_installation(client):
    notice = NoticeFactory(programme=None)
    client.post(
        reverse("account_signup"),
        {
            "email": "nuova@example.org",
            "given_name": "Nuova",
            "family_name": "Persona",
            "password1": "una-parola-lunga-77",
            "password2": "una-parola-lunga-77",
        },
    )
    reading = NoticeReading.objects.get(person__email="nuova@example.org")
    assert (reading.notice, reading.occasion) == (notice, "sign_up")


def test_the_installation_has_a_notice_of_its_own(client):
    administrator = PersonFactory(is_administrator=True)
    client.force_login(administrator)
    client.post(reverse("programmes:site_controller"), {"name": "Consorzio Vivaio"})
    client.post(reverse("programmes:site_notices"), {"text_it": "Gli account.", "text_en": "Accounts."})
    client.post(reverse("programmes:site_publish_notice"))
    client.logout()
    page = client.get(reverse("programmes:site_privacy")).text
    assert "Gli account." in page
    assert "Consorzio Vivaio" in page
