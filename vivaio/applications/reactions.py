"""Answers to what calls announce."""

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from vivaio.applications import actions, eligibility, queries
from vivaio.applications.letters import excluded
from vivaio.applications.models import Application
from vivaio.calls import events as calls
from vivaio.kit import retention
from vivaio.mailroom import events as mailroom


@receiver(calls.amended)
def conditions_may_have_changed(sender, call, **more):
    """Compute the conditions again for what is handed in and not decided."""
    for application in queries.undecided(call):
        eligibility.check(queries.locked(application.pk))


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
        due=queries.abandoned_drafts,
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
        due=queries.without_a_place,
        carry_out=actions.empty,
    )
)
