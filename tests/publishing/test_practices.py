"""Good practices: collected, accepted, edited, confirmed, read by anyone; suggested to the initiatives with a gap."""

import datetime as dt
import importlib
import re

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from tests.factories.analysing import DimensionFactory, ProfileFactory, agreed
from tests.factories.applications import open_call
from tests.factories.initiatives import led
from tests.factories.people import MembershipFactory, PersonFactory
from tests.factories.practices import TOLD, PracticeFactory, applied, collection
from tests.factories.programmes import ProgrammeFactory, holder
from tests.together import at_once
from vivaio.applications import actions as applications
from vivaio.applications.models import Application
from vivaio.applications.states import ApplicationState
from vivaio.calls import actions as calls
from vivaio.calls.models import Call
from vivaio.calls.states import CallKind
from vivaio.initiatives.actions import birth
from vivaio.initiatives.models import Contact
from vivaio.initiatives.states import ContactKind
from vivaio.journal.models import Record
from vivaio.kit import clock
from vivaio.kit.rules import Refused
from vivaio.mailroom.models import OutgoingLetter
from vivaio.people.events import erasing, gathering
from vivaio.people.gathering import Gathered
from vivaio.people.models import Person
from vivaio.publishing.models import Practice, PracticeIntroduction, PracticeMark
from vivaio.publishing.practices import actions, queries
from vivaio.publishing.states import PRACTICE_TEXTS, PracticeState
from vivaio.questionnaires.engine.definition import canonical_json

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"publishing:{name}", args=arguments)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def letters(name):
    return [
        one.recipient_email for one in OutgoingLetter.objects.filter(letter=f"publishing.practice_{name}")
    ]


def edited(practice, **texts):
    """What the staff's form sends for the text as it stands, with these changes."""
    sent = {f"{name}_it": getattr(practice, name) for name in TOLD}
    sent |= {f"{name}_en": "" for name in TOLD} | {f"{name}_it": text for name, text in texts.items()}
    return sent | {"links": "\n".join(practice.links), "place": practice.place, "contact": practice.contact}


def test_a_collection_begins_with_its_form_ready_and_needs_no_jury(staff, programme):
    DimensionFactory(programme=programme, key="finance", title="Finanza")
    now = clock.now().replace(microsecond=0)
    staff.post(
        url("practice_collect", programme.slug),
        {
            "title": "Raccontateci una buona pratica",
            "title_en": "Tell us a good practice",
            "opens_at": (now - dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
            "closes_at": (now + dt.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M"),
        },
    )
    call = Call.objects.get()
    assert call.kind == CallKind.PRACTICES
    assert "finance" in [one.name for one in call.form.questionnaire.lists["needs"]]
    calls.publish(call, by=None)
    page = Client().get(reverse("calls:call", args=[programme.slug, call.slug])).content.decode()
    assert "raccolta di buone pratiche" in page


def test_an_application_becomes_a_practice_once_and_never_an_initiative(staff, programme, manager):
    need = DimensionFactory(programme=programme, key="finance", title="Finanza")
    application = applied(collection(programme), "finance")
    desk = staff.get(url("practice_desk", programme.slug)).content.decode()
    assert "La spesa sospesa" in desk
    for _time in range(2):
        staff.post(url("practice_take", programme.slug, application.pk))
    practice = Practice.objects.get()
    assert [practice.need, practice.avoid] == [TOLD["need"], TOLD["avoid"]]
    assert practice.links == ["https://example.org/spesa"]
    assert list(practice.dimensions.all()) == [need]
    assert letters("taken") == [application.created_by.email]
    with pytest.raises(Refused, match="buone pratiche"):
        birth.bear(application, by=manager)


def test_the_button_in_the_list_is_taken_as_sent_from_the_page(programme, manager):
    application = applied(collection(programme))
    browser, take = Client(enforce_csrf_checks=True), url("practice_take", programme.slug, application.pk)
    browser.force_login(manager)
    desk = browser.get(url("practice_desk", programme.slug)).content.decode()
    token = re.search(
        f'action="{take}"[^<]*<input type="hidden" name="csrfmiddlewaretoken" value="([^"]+)"', desk
    )
    browser.post(take, {"csrfmiddlewaretoken": token[1]})
    assert Practice.objects.filter(application=application).exists()


def test_only_what_is_eligible_and_agreed_to_is_accepted(programme, manager):
    call = collection(programme)
    with pytest.raises(Refused, match="ammissibile"):
        actions.take(applied(call, state=ApplicationState.SUBMITTED), by=manager)
    with pytest.raises(Refused, match="acconsentito"):
        actions.take(applied(call, answers={"consent": ""}), by=manager)
    with pytest.raises(Refused, match="non raccoglie"):
        actions.take(applied(open_call(programme=programme, form=call.form)), by=manager)
    with pytest.raises(Refused, match="ruoli"):
        actions.take(applied(call), by=PersonFactory())


def test_as_it_was_written_it_goes_on_line_and_is_found_by_need_and_word(staff, programme, manager):
    DimensionFactory(programme=programme, key="finance", title="Finanza")
    DimensionFactory(programme=programme, key="legal", title="Legale")
    practice = actions.take(applied(collection(programme), "finance"), by=manager)
    address = practice.get_absolute_url()
    assert Client().get(address).status_code == 404
    staff.post(url("practice_act", practice.pk, "publish"))
    page = Client().get(address).content.decode()
    for words in (TOLD["done"], TOLD["avoid"], "Finanza", "CC BY 4.0", "info@example.org"):
        assert words in page
    listed = url("practices", programme.slug)
    for asked, there in (
        ("?need=finance", True),
        ("?need=legal", False),
        ("?q=botteghe", False),
        ("?q=bottega", True),
    ):
        assert ("La spesa sospesa" in Client().get(listed + asked).content.decode()) is there, asked
    assert "La spesa sospesa" in Client().get(f"{listed}?format=csv").content.decode()
    assert address in Client().get("/sitemap.xml").content.decode()


def test_an_address_that_may_not_be_published_is_not(programme, manager):
    practice = actions.take(applied(collection(programme), answers={"contact_public": "no"}), by=manager)
    actions.publish(practice, by=manager)
    assert "info@example.org" not in Client().get(practice.get_absolute_url()).content.decode()


def test_an_edited_text_goes_on_line_when_its_organisation_confirms_it(staff, programme, manager):
    application = applied(collection(programme))
    practice = actions.take(application, by=manager)
    sent = edited(practice, done="Una cassetta in ogni bottega.")
    staff.post(url("practice_edit", practice.pk), sent | {"done_en": "A box in every shop."})
    practice.refresh_from_db()
    assert practice.i18n["done_en"] == "A box in every shop."
    with pytest.raises(Refused, match="conferm"):
        actions.publish(practice, by=manager)
    staff.post(url("practice_act", practice.pk, "ask"))
    assert letters("to_confirm") == [application.created_by.email]
    own = signed_in(application.created_by)
    assert "Confermare il testo" in own.get(reverse("desk:home")).content.decode()
    page = own.get(url("practice_own", practice.pk)).content.decode()
    assert "Una cassetta in ogni bottega." in page
    assert TOLD["done"] in page
    practice.refresh_from_db()
    own.post(
        url("practice_own", practice.pk),
        {"send-back": "yes", "words": "Le botteghe erano sei.", "revision": practice.revision},
    )
    practice.refresh_from_db()
    assert (practice.state, practice.note) == (PracticeState.DRAFT, "Le botteghe erano sei.")
    assert letters("sent_back") == [manager.email]
    actions.ask(practice, by=manager)
    own.post(url("practice_own", practice.pk), {"confirm": "yes", "revision": practice.revision})
    practice.refresh_from_db()
    assert (practice.state, practice.confirmed_by) == (PracticeState.PUBLISHED, application.created_by)
    english = Client().get(practice.get_absolute_url().replace("/it/", "/en/")).content.decode()
    assert "A box in every shop." in english


@pytest.mark.parametrize(
    "changes",
    [
        {"texts": {}, "plain": {"contact_public": True}},
        {"texts": {}, "plain": {"contact": "altri@example.org"}},
        {"texts": {}, "plain": {"links": ["https://example.org/altro"]}},
        {"texts": {"done": {"en": "We sold everything."}}, "plain": {}},
    ],
)
def test_what_its_organisation_has_not_written_does_not_go_on_line_as_written(programme, manager, changes):
    practice = actions.take(applied(collection(programme), answers={"contact_public": "no"}), by=manager)
    actions.edit(practice, **changes, by=manager)
    with pytest.raises(Refused, match="conferm"):
        actions.publish(practice, by=manager)


def test_the_organisation_reads_all_that_would_go_on_line(programme, manager):
    application = applied(collection(programme), answers={"contact_public": "no"})
    practice = actions.take(application, by=manager)
    texts = {"done": {"en": "A box in every shop."}}
    actions.edit(practice, texts=texts, plain={"contact_public": True, "place": "Lodi"}, by=manager)
    actions.ask(practice, by=manager)
    page = signed_in(application.created_by).get(url("practice_own", practice.pk)).text
    for words in (
        "A box in every shop.",
        "info@example.org (pubblicato)",
        "info@example.org (non pubblicato)",
    ):
        assert words in page
    assert "Lodi" in page
    assert "https://example.org/spesa" in page


@pytest.mark.parametrize("answer", [{"confirm": "yes"}, {"send-back": "yes", "words": "Erano sei botteghe."}])
def test_a_text_that_changed_while_it_was_read_is_not_answered_for(programme, manager, answer):
    application = applied(collection(programme))
    practice = actions.take(application, by=manager)
    practice = actions.edit(practice, texts={"done": {"it": "Una cassetta."}}, plain={}, by=manager)
    read = actions.ask(practice, by=manager).revision
    actions.take_back(practice, by=manager)
    actions.edit(practice, texts={"done": {"it": "Nessuna cassetta."}}, plain={}, by=manager)
    actions.ask(practice, by=manager)
    page = signed_in(application.created_by).post(
        url("practice_own", practice.pk), answer | {"revision": read}
    )
    assert "cambiato mentre lo leggevi" in page.text
    assert answer.get("words", "") in page.text
    practice.refresh_from_db()
    assert practice.state == PracticeState.ASKED


def test_the_organisation_takes_it_off_line_and_others_do_not(programme, manager):
    practice = actions.publish(actions.take(applied(collection(programme)), by=manager), by=manager)
    assert signed_in(PersonFactory()).get(url("practice_own", practice.pk)).status_code == 404
    colleague = MembershipFactory(organisation=practice.organisation).person
    client = signed_in(colleague)
    refused = client.post(url("practice_own", practice.pk), {"withdraw": "yes", "reason": ""})
    assert refused.status_code == 422
    client.post(url("practice_own", practice.pk), {"withdraw": "yes", "reason": "Il servizio ha chiuso."})
    practice.refresh_from_db()
    assert practice.state == PracticeState.WITHDRAWN
    assert Client().get(practice.get_absolute_url()).status_code == 404


def test_what_is_left_out_says_why(staff, programme, manager):
    practice = actions.take(applied(collection(programme)), by=manager)
    staff.post(url("practice_act", practice.pk, "leave-out"), {"reason": "È un servizio a pagamento."})
    assert OutgoingLetter.objects.filter(
        letter="publishing.practice_left_out", text__contains="a pagamento"
    ).exists()
    staff.post(url("practice_act", practice.pk, "take-back"))
    practice.refresh_from_db()
    assert practice.state == PracticeState.DRAFT


@pytest.fixture
def lacking(programme):
    """An initiative with a large gap in finance and a smaller one in law, and its leader."""
    initiative, leader = led(programme=programme)
    for key, title in (("finance", "Finanza"), ("legal", "Legale"), ("marketing", "Marketing")):
        DimensionFactory(programme=programme, key=key, title=title)
    agreed(ProfileFactory(initiative=initiative), finance=10, legal=40, marketing=80)
    return initiative, leader


def met(programme, *needs, **fields):
    practice = PracticeFactory(programme=programme, **fields)
    actions.settle(practice, needs=needs, fields=[], by=None)
    return practice


def test_practices_that_meet_the_gaps_are_suggested_with_the_reason(programme, lacking):
    initiative, leader = lacking
    small = met(programme, "legal", title="Lo statuto a più mani")
    large = met(programme, "finance", title="Il conto comune")
    met(programme, "marketing", title="La bancarella")
    met(programme, "finance", title="Off line", state=PracticeState.DRAFT, published_at=None)
    met(programme, "finance", title="La propria", organisation=initiative.organisation)
    assert [one.practice for one in queries.suggested(initiative)][:2] == [large, small]
    client = signed_in(leader)
    page = client.get(url("practices_suggested", initiative.pk)).content.decode()
    assert "Incontra il vostro bisogno di Finanza." in page
    assert "La propria" not in page
    assert "2 pratiche" in client.get(initiative.get_absolute_url()).content.decode()


def test_the_team_marks_what_is_for_it_and_nobody_else_does(programme, lacking):
    initiative, leader = lacking
    practice = met(programme, "finance")
    client = signed_in(leader)
    for verdict in ("useful", "not-for-us", "not-for-us"):
        client.post(url("practice_mark", initiative.pk, practice.pk, verdict))
    assert [one.verdict for one in PracticeMark.objects.all()] == ["not_for_us"]
    signed_in(holder(programme, "community_manager")).post(
        url("practice_mark", initiative.pk, practice.pk, "useful")
    )
    assert PracticeMark.objects.get().verdict == "not_for_us"


def test_an_introduction_goes_on_as_a_contact_and_is_told_by_letter(programme, manager, lacking):
    initiative, leader = lacking
    practice = actions.publish(
        actions.take(applied(collection(programme), "finance"), by=manager), by=manager
    )
    client = signed_in(leader)
    sent = {"message": "Come avete cominciato?"}
    client.post(url("practice_introduce", initiative.pk, practice.pk), sent)
    contact = Contact.objects.get()
    assert (contact.kind, contact.who) == (ContactKind.COLLABORATION, practice.organisation.name)
    assert letters("introduction") == [practice.application.created_by.email]
    assert manager.email in letters("introduction_staff")
    told = OutgoingLetter.objects.get(letter="publishing.practice_introduction")
    assert leader.email in told.text
    page = client.get(url("practice_introduce", initiative.pk, practice.pk)).content.decode()
    assert "già" in page


def test_own_data_tell_what_was_asked_and_erasure_leaves_no_words(programme, lacking):
    initiative, leader = lacking
    practice = met(programme, "finance")
    actions.mark(practice, initiative, "useful", by=leader)
    actions.introduce(practice, initiative, message="Scriveteci a casa.", by=leader)
    into = Gathered()
    gathering.send(Person, person=leader, into=into)
    assert "Scriveteci a casa." in str(into.sections)
    Contact.objects.update(notes="Scriveteci a casa.\r\nSentiti in marzo.")
    erasing.send(Person, person=leader)
    assert [one.message for one in PracticeIntroduction.objects.all()] == [""]
    assert Contact.objects.get().notes == "Sentiti in marzo."
    assert PracticeMark.objects.get().person is None


def test_whom_to_ask_goes_with_the_person_and_nobody_else_s_does(staff, programme, manager):
    call, gone = (
        collection(programme),
        PersonFactory(email="anna@example.org", given_name="Anna", family_name="Verri"),
    )
    own, others, same = (
        actions.take(applied(call, answers={"contact": said}), by=manager)
        for said in ("Anna Verri, anna@example.org", "susanna@example.org", "Anna Verri, 02 555")
    )
    MembershipFactory(person=gone, organisation=own.organisation)
    actions.publish(own, by=manager)
    erasing.send(Person, person=gone)
    told = {one.pk: one.contact for one in Practice.objects.all()}
    assert told == {own.pk: "", others.pk: "susanna@example.org", same.pk: "Anna Verri, 02 555"}
    own.refresh_from_db()
    assert "anna@example.org" not in str(own.written)
    assert own.state == PracticeState.PUBLISHED
    page = Client().get(own.get_absolute_url()).content.decode()
    assert TOLD["done"] in page
    assert "Verri" not in page


def test_every_address_that_somebody_showed_to_be_theirs_goes_with_them(programme, manager):
    call, gone = collection(programme), PersonFactory(email="anna@example.org")
    EmailAddress.objects.create(user=gone, email="Progetti@anna.example", verified=True)
    EmailAddress.objects.create(user=gone, email="info@sportello.example")
    own, claimed = (
        actions.publish(actions.take(applied(call, answers={"contact": said}), by=manager), by=manager)
        for said in ("Sportello, progetti@anna.example", "info@sportello.example")
    )
    erasing.send(Person, person=gone)
    page = Client().get(own.get_absolute_url()).content.decode()
    assert TOLD["done"] in page
    assert "progetti@anna.example" not in page
    # Anybody can write an address into their account: until they show that it is theirs, it is somebody else's.
    assert "info@sportello.example" in Client().get(claimed.get_absolute_url()).content.decode()


def test_whom_to_ask_is_gone_from_the_kept_page_at_once_and_the_register_says_so_once(
    settings, programme, manager
):
    settings.PAGE_SECONDS = 60
    caches["pages"].clear()
    gone = PersonFactory(email="anna@example.org", given_name="Anna", family_name="Verri")
    answers = {"contact": "Anna Verri, anna@example.org"}
    practice = actions.take(applied(collection(programme), answers=answers), by=manager)
    MembershipFactory(person=gone, organisation=practice.organisation)
    address = actions.publish(practice, by=manager).get_absolute_url()
    assert "anna@example.org" in Client().get(address).content.decode()
    erasing.send(Person, person=gone)
    assert "anna@example.org" not in Client().get(address).content.decode()
    assert Record.objects.filter(verb="publishing.practice_contact_gone").count() == 1
    caches["pages"].clear()


def test_a_withdrawn_application_goes_on_line_only_if_the_organisation_says_so(staff, programme, manager):
    application = applied(collection(programme))
    practice = actions.take(application, by=manager)
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.WITHDRAWN)
    page = staff.get(url("practice_edit", practice.pk)).content.decode()
    assert "ha ritirato la candidatura" in page
    with pytest.raises(Refused, match="ha ritirato"):
        actions.publish(practice, by=manager)
    actions.ask(practice, by=manager)
    assert letters("to_confirm") or letters("asked")
    member = MembershipFactory(organisation=practice.organisation).person
    practice.refresh_from_db()
    actions.confirm(practice, revision=practice.revision, by=member)
    practice.refresh_from_db()
    assert practice.state == PracticeState.PUBLISHED


def test_what_is_collected_stays_in_its_programme(manager):
    other = met(ProgrammeFactory())
    client = signed_in(manager)
    assert client.get(url("practice_edit", other.pk)).status_code == 404
    assert client.post(url("practice_act", other.pk, "withdraw"), {"reason": "No"}).status_code == 404


def test_anyone_of_an_organisation_may_apply_to_a_collection(programme):
    call = collection(programme)
    member = MembershipFactory()
    begun = applications.start(call.tracks.get(), by=member.person, organisation=member.organisation)
    assert begun.call == call


@pytest.mark.django_db(transaction=True)
def test_what_two_do_at_once_is_done_once(programme, manager, lacking):
    initiative, leader = lacking
    application = applied(collection(programme), "finance")
    take = lambda: actions.take(application, by=manager)  # noqa: E731
    assert len({one.pk for one in at_once(take, take)}) == 1
    practice = actions.publish(Practice.objects.get(), by=manager)

    def ask():
        try:
            return actions.introduce(practice, initiative, message="Come?", by=leader)
        except Refused as refusal:
            return refusal

    assert sum(isinstance(one, Refused) for one in at_once(ask, ask)) == 1
    assert Contact.objects.count() == 1


def test_what_was_accepted_when_only_texts_were_kept_does_not_count_as_edited(programme, manager):
    application = applied(collection(programme), answers={"contact_public": "no"})
    practice = actions.take(application, by=manager)
    whole = practice.written
    kept = {name: text for name, text in whole.items() if name in PRACTICE_TEXTS}
    Practice.objects.update(written=kept)
    with pytest.raises(Refused, match="conferm"):
        actions.publish(practice, by=manager)
    keep_all = importlib.import_module("vivaio.publishing.migrations.0007_all_that_was_handed_in").keep_all
    keep_all(apps, None)
    keep_all(apps, None)
    practice.refresh_from_db()
    assert practice.written == whole
    assert practice.written["contact_public"] is False
    assert actions.publish(practice, by=manager).state == PracticeState.PUBLISHED


def test_what_an_emptied_application_said_is_not_made_up(programme, manager):
    application = applied(collection(programme))
    practice = actions.take(application, by=manager)
    kept = {name: text for name, text in practice.written.items() if name in PRACTICE_TEXTS}
    Practice.objects.update(written=kept)
    Application.objects.filter(pk=application.pk).update(
        emptied_at=clock.now(), frozen=canonical_json({"answers": {}})
    )
    importlib.import_module("vivaio.publishing.migrations.0007_all_that_was_handed_in").keep_all(apps, None)
    practice.refresh_from_db()
    assert practice.written == kept


def test_what_was_edited_since_then_still_waits_for_its_organisation(programme, manager):
    practice = actions.take(applied(collection(programme), answers={"contact_public": "no"}), by=manager)
    actions.edit(practice, texts={}, plain={"contact_public": True}, by=manager)
    Practice.objects.update(written={name: practice.written[name] for name in PRACTICE_TEXTS})
    importlib.import_module("vivaio.publishing.migrations.0007_all_that_was_handed_in").keep_all(apps, None)
    with pytest.raises(Refused, match="conferm"):
        actions.publish(practice, by=manager)
