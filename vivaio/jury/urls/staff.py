"""The staff's pages, under the call's address."""

from django.urls import path

from vivaio.jury.advancing import views as advancing
from vivaio.jury.views import assignment, conflicts, panel, progress

JURY = "calls/<slug:programme>/<slug:call>/jury/"

urlpatterns = [
    path(JURY, panel.index, name="panel"),
    path(f"{JURY}invite/", panel.invite, name="invite"),
    path(f"{JURY}invite/many/", panel.invite_many, name="invite_many"),
    path(f"{JURY}copy/", advancing.copy_jury, name="copy_jury"),
    path(f"{JURY}jurors/<uuid:pk>/", panel.juror, name="juror"),
    path(f"{JURY}jurors/<uuid:pk>/resend/", panel.resend, name="resend"),
    path(f"{JURY}jurors/<uuid:pk>/remove/", panel.remove, name="remove"),
    path(f"{JURY}conflicts/", conflicts.index, name="conflicts"),
    path(f"{JURY}conflicts/search/", conflicts.search, name="conflicts_search"),
    path(f"{JURY}conflicts/record/", conflicts.record, name="conflict_record"),
    path(f"{JURY}conflicts/<uuid:pk>/", conflicts.conflict, name="conflict"),
    path(f"{JURY}conflicts/<uuid:pk>/reinstate/", conflicts.reinstate, name="conflict_reinstate"),
    path(f"{JURY}conflicts/unknown/<uuid:pk>/", conflicts.clear, name="clear"),
    path(f"{JURY}conflicts/cleared/<uuid:pk>/", conflicts.withdraw_clearance, name="withdraw_clearance"),
    path(f"{JURY}assignment/", assignment.index, name="assignment"),
    path(f"{JURY}assignment/plan/", assignment.plan, name="plan"),
    path(f"{JURY}assignment/plans/<uuid:pk>/", assignment.preview, name="preview"),
    path(f"{JURY}assignment/plans/<uuid:pk>/apply/", assignment.apply, name="apply"),
    path(f"{JURY}assignment/applications/<uuid:pk>/", assignment.application, name="readers"),
    path(f"{JURY}assignment/applications/<uuid:pk>/add/", assignment.add, name="add_reader"),
    path(f"{JURY}assignment/<uuid:pk>/lock/", assignment.lock, name="lock"),
    path(f"{JURY}assignment/<uuid:pk>/move/", assignment.shift, name="shift"),
    path(f"{JURY}assignment/<uuid:pk>/remove/", assignment.take_away, name="take_away"),
    path(f"{JURY}progress/", progress.index, name="progress"),
    path(f"{JURY}progress/remind/", progress.remind, name="remind"),
    path(f"{JURY}progress/confidence/", progress.confidence, name="ask_confidence"),
    path(f"{JURY}progress/close/", progress.close, name="close"),
    path(f"{JURY}progress/reopen/", progress.reopen, name="reopen"),
    path(f"{JURY}progress/extend/", progress.extend, name="extend"),
]
