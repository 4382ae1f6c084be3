"""The tabs of plan, diary and contacts, what the overview says of each without a query of its own, and what the public
page shows of the diary."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from vivaio.initiatives.cards import Card, CardView
from vivaio.initiatives.cards import register as register_card
from vivaio.initiatives.diary import queries as diaries
from vivaio.initiatives.models import Contact, DiaryEntry, Initiative, Milestone
from vivaio.initiatives.readers import Reader
from vivaio.initiatives.sections import Section, SectionView
from vivaio.initiatives.sections import register as register_section
from vivaio.initiatives.states import MILESTONE_OPEN, ContactState, DiaryState, MilestoneState, Visibility
from vivaio.initiatives.tabs.registry import Tab, register
from vivaio.kit import clock
from vivaio.kit.counting import counted
from vivaio.kit.formats import day

LAST_TOLD = 6

register(Tab("plan", pgettext_lazy("tab", "Plan"), "initiatives:plan", 30))
register(Tab("diary", pgettext_lazy("tab", "Diary"), "initiatives:diary", 40))
register(Tab("contacts", pgettext_lazy("tab", "Contacts"), "initiatives:contacts", 50))


def of_plan() -> dict[str, Any]:
    own = Milestone.objects.filter(initiative=OuterRef("pk"))
    ahead = own.filter(state__in=MILESTONE_OPEN).order_by("due_on", "position")
    return {
        "plan_all": counted(own),
        "plan_reached": counted(own.filter(state=MilestoneState.REACHED)),
        "plan_next": Subquery(ahead.values("title")[:1]),
        "plan_due": Subquery(ahead.values("due_on")[:1]),
    }


def plan(row: Any, reader: Reader) -> CardView:
    """The next milestone and its day."""
    href = reverse("initiatives:plan", args=[row.pk])
    if not row.plan_all:
        empty = _("No milestone yet: what is to be reached first, and by when?")
        return CardView(_("Plan"), text=empty, href=href, link=_("Open the plan"))
    late = row.plan_due is not None and row.plan_due < clock.today(row.programme.time_zone)
    facts = [(_("Reached"), _("%(n)s of %(all)s") % {"n": row.plan_reached, "all": row.plan_all})]
    if row.plan_due is not None:
        facts = [(_("Next milestone"), row.plan_next), (_("Due on"), day(row.plan_due)), *facts]
    return CardView(
        _("Plan"), facts=facts, href=href, link=_("Open the plan"),
        state=_("Late") if late else "", tone="no",
    )  # fmt: skip


def of_diary() -> dict[str, Any]:
    """For the team; for those who follow, only what is for them."""
    told = DiaryEntry.objects.filter(initiative=OuterRef("pk")).exclude(
        state__in=(DiaryState.DRAFT, DiaryState.DELETED)
    )
    shown = told.exclude(visibility=Visibility.TEAM)
    return {
        "diary_team": Subquery(told.order_by("-told_on", "-created_at").values("told_on")[:1]),
        "diary_team_title": Subquery(told.order_by("-told_on", "-created_at").values("title")[:1]),
        "diary_day": Subquery(shown.order_by("-told_on", "-created_at").values("told_on")[:1]),
        "diary_title": Subquery(shown.order_by("-told_on", "-created_at").values("title")[:1]),
    }


def diary(row: Any, reader: Reader) -> CardView:
    """The last day that was told."""
    href = reverse("initiatives:diary", args=[row.pk])
    last: dt.date | None = row.diary_team if reader.of_team else row.diary_day
    if last is None:
        empty = _("Nothing told yet: a photo and three lines are a beginning.")
        return CardView(_("Diary"), text=empty, href=href, link=_("Open the diary"))
    title = row.diary_team_title if reader.of_team else row.diary_title
    facts = [(_("Last entry"), title), (_("Day"), day(last))]
    return CardView(_("Diary"), facts=facts, href=href, link=_("Open the diary"))


def of_contacts() -> dict[str, Any]:
    own = Contact.objects.filter(initiative=OuterRef("pk"))
    ahead = own.filter(state=ContactState.OPEN, next_due_on__isnull=False).order_by("next_due_on")
    return {
        "contacts_open": counted(own.filter(state=ContactState.OPEN)),
        "contacts_won": counted(own.filter(state=ContactState.WON)),
        "contacts_due": Subquery(ahead.values("next_due_on")[:1]),
    }


def contacts(row: Any, reader: Reader) -> CardView:
    """How many are open, what came to good, when the next step is due."""
    href = reverse("initiatives:contacts", args=[row.pk])
    facts = [(_("Open contacts"), row.contacts_open), (_("Come to good"), row.contacts_won)]
    if row.contacts_due is not None:
        facts.append((_("Next step by"), day(row.contacts_due)))
    return CardView(_("Contacts"), facts=facts, href=href, link=_("Open the contacts"))


def told_to_all(initiative: Initiative) -> SectionView | None:
    """The last entries of the diary that everybody may read."""
    rows = list(diaries.for_all(initiative)[:LAST_TOLD])
    return SectionView(_("From the diary"), rows, "initiatives/diary/told.html") if rows else None


register_section(Section("diary", 40, told_to_all))
register_card(Card("plan", 30, plan, of_plan))
register_card(Card("diary", 40, diary, of_diary))
register_card(Card("contacts", 50, contacts, of_contacts))
