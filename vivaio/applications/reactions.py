"""Answers to what other rooms announce and ask; how long applications and longlists are kept."""

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.applications import actions, answers, eligibility, queries, rules
from vivaio.applications.continuing import queries as continuing
from vivaio.applications.continuing import rules as continuing_rules
from vivaio.applications.deminimis import queries as deminimis
from vivaio.applications.figures import home
from vivaio.applications.guarding import queries as guarding
from vivaio.applications.letters import call_changed, excluded
from vivaio.applications.models import Application
from vivaio.applications.retaining import queries as retaining
from vivaio.applications.scouting import actions as scouting
from vivaio.applications.scouting import queries as prospects
from vivaio.applications.signing import actions as signing_actions
from vivaio.applications.signing import queries as signing
from vivaio.applications.signing import telling as signing_words
from vivaio.calls import events as calls
from vivaio.kit import retention
from vivaio.kit.rules import require
from vivaio.mailroom import events as mailroom
from vivaio.people import actions as people
from vivaio.people.events import birth_told, erasing, erasure_asked, gathering


@receiver(calls.amended)
def conditions_may_have_changed(sender, call, **more):
    """Compute the conditions again for what is handed in and not decided."""
    for application in queries.undecided(call):
        eligibility.check(queries.locked(application.pk))


@receiver(calls.amended)
def the_form_that_is_answered_stays(sender, call, **more):
    """Whoever went on to a stage answers the form that it had then. Raises `Refused`."""
    require(continuing_rules.form_stays, call, bool(call.follows_id) and continuing.answered_otherwise(call))


@receiver(calls.stages_asked)
def applications_counted(sender, calls, **more):
    """How many came to each stage, and how many went on."""
    return dict(continuing.counted(calls))


@receiver(calls.counting)
def how_many_applied(sender, call, person, **more):
    """What came in, and what waits for the staff, as links into the list."""
    return home.figures(call, person)


@receiver(birth_told)
def age_may_have_changed(sender, person, **more):
    """A condition on age is computed again for what the person alone handed in."""
    for application in queries.own_undecided(person):
        eligibility.check(queries.locked(application.pk))


@receiver(calls.reopening)
def nothing_is_decided_yet(sender, call, **more):
    """Terms are reopened only while nobody has been admitted, excluded or asked for more. Raises `Refused`."""
    require(rules.reopen_terms, call)


@receiver(calls.noticed)
def tell_the_applicants(sender, notice, hold=False, **more):
    """Everyone with a draft or an application reads what changed; answers with who was told."""
    return {letter.person for letter in call_changed.enqueue(notice, hold=hold) if letter.person}


@receiver(mailroom.settled, dispatch_uid="applications.tell_exclusions")
def tell_exclusions(sender, letters, **more):
    """The letter that tells an exclusion leaves, or never will: the team's pages hold nothing back any more."""
    told = [letter.subject_id for letter in letters if letter.letter == excluded.name]
    if told:
        Application.objects.filter(pk__in=told).update(exclusion_held=False)


retention.register(
    retention.Kind(
        "drafts",
        title=_("Drafts never handed in"),
        since=_("after the call closed"),
        then=_("The draft is deleted with its answers and files."),
        reason=_("Nobody but their team has read them, and the call takes them no more."),
        days=180,
        due=retaining.abandoned_drafts,
        carry_out=actions.drop_draft,
    )
)
retention.register(
    retention.Kind(
        "unsuccessful",
        title=_("Applications excluded or withdrawn"),
        since=_("after the decision or the withdrawal"),
        then=_("Answers and files are erased; who applied, the number and the outcome stay."),
        reason=_("The decision may be contested, and audits ask to see what it rested on."),
        days=1825,
        due=retaining.without_a_place,
        carry_out=actions.empty,
    )
)


retention.register(
    retention.Kind(
        "longlist",
        title=_("Organisations of the longlist"),
        since=_("after they were last invited, or put on the list"),
        then=_("The line and its invitations are deleted, unless an application grew from them."),
        reason=_("Names and addresses were not given by the organisations themselves."),
        days=730,
        due=prospects.forgotten,
        carry_out=scouting.forget_line,
    )
)


retention.register(
    retention.Kind(
        "guardians",
        title=_("Guardians of people under 18"),
        since=_("after the call closed"),
        then=_("Name and address of the guardian are erased; that and when they signed stays."),
        reason=_("It must be possible to show that a holder of parental responsibility agreed."),
        days=1825,
        due=guarding.of_closed_calls,
        carry_out=people.forget_guardian,
    )
)


retention.register(
    retention.Kind(
        "identity_documents",
        title=_("Identity documents of who signed by hand"),
        since=_("after the call closed"),
        then=_("The identity document is deleted; the signature and what was found stay."),
        reason=_(
            "It serves to compare a signature while eligibility is decided and may be contested, no longer."
        ),
        days=365,
        due=signing.with_identity,
        carry_out=signing_actions.forget_identity,
    )
)


@receiver(gathering)
def applications_gathered(sender, person, into, **more):
    """The applications that the person makes or works on, with their answers, and the files that they uploaded."""
    rows = list(queries.mine(person))
    declared = deminimis.exported(rows)
    into.section(
        "applications",
        _("Applications"),
        [
            {
                "call": str(one.call),
                "applicant": one.applicant_name,
                "number": one.number,
                "title": one.title,
                "state": one.get_state_display(),
                "submitted_at": one.submitted_at,
                "answers": answers.answers_that_count(one),
                **({"de_minimis": declared[one.pk]} if one.pk in declared else {}),
            }
            for one in rows
        ],
    )
    for stored in answers.uploaded_by(person):
        into.file(stored.name, stored.file)
    signed = list(signing.made_by(person))
    into.section("signatures", _("Signatures"), [signing_words.told(one) for one in signed])
    for signature in signed:
        for name, file in ((signature.name, signature.file), (signature.identity_name, signature.identity)):
            if file:
                into.file(name, file)
    into.section(
        "longlist",
        _("Organisations for which you are the person to write to"),
        [
            {"programme": str(one.programme), "organisation": one.name, "source": one.source}
            for one in prospects.written_to(person.email)
        ],
    )


@receiver(erasure_asked)
def nothing_of_theirs_is_being_judged(sender, person, **more):
    """Whose own application is being assessed withdraws it first, or waits. Raises `Refused`."""
    require(rules.be_erased, person)


@receiver(erasing)
def own_applications_go(sender, person, **more):
    """Drafts go, answers without a place are erased; what obtained a place stays without the name."""
    for pk in retaining.own_drafts(person):
        actions.drop_draft(pk)
    for pk in retaining.own_without_a_place(person):
        actions.empty(pk)
    scouting.forget_address(person.email)
