"""Plans and milestones."""

from django.urls import path

from vivaio.initiatives.planning.views import cohort, plan

OF = "programmes/<slug:programme>/initiatives/"
ONE = "initiatives/<uuid:pk>/plan/"
MILESTONE = "initiatives/milestones/<uuid:pk>/"

urlpatterns = [
    path(ONE, plan.plan, name="plan"),
    path(f"{ONE}add/", plan.add, name="milestone_add"),
    path(f"{ONE}take-over/", plan.take_over, name="milestones_take_over"),
    path(f"{ONE}calendar.ics", plan.ics, name="plan_ics"),
    path(MILESTONE, plan.milestone, name="milestone"),
    path(f"{MILESTONE}edit/", plan.edit, name="milestone_edit"),
    path(f"{MILESTONE}start/", plan.start, name="milestone_start"),
    path(f"{MILESTONE}place/<slug:way>/", plan.place, name="milestone_place"),
    path(f"{MILESTONE}<slug:act>/", plan.act, name="milestone_act"),
    path(f"{OF}plans/", cohort.plans, name="plans"),
    path(f"{OF}plans/timeline/", cohort.timeline, name="timeline"),
    path(f"{OF}plans/shared/", cohort.shared, name="shared_milestones"),
    path(f"{OF}plans/shared/add/", cohort.share, name="shared_milestone_add"),
    path("initiatives/shared-milestones/<uuid:pk>/", cohort.change, name="shared_milestone"),
    path("initiatives/shared-milestones/<uuid:pk>/remove/", cohort.unshare, name="shared_milestone_remove"),
]
