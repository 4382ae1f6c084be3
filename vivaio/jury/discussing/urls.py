"""Discussions: the jurors' pages and the staff's."""

from django.urls import path

from vivaio.jury.discussing.views import juror, staff

MINE = "jury/<uuid:panel>/discussions/"
ALL = "calls/<slug:programme>/<slug:call>/jury/discussions/"

urlpatterns = [
    path(MINE, juror.index, name="discussions"),
    path("jury/<uuid:panel>/<uuid:pk>/confirm/", juror.confirm, name="confirm_scores"),
    path(f"{MINE}<uuid:pk>/", juror.discussion, name="discussion"),
    path(f"{MINE}<uuid:pk>/read/", juror.read, name="discussion_read"),
    path(f"{MINE}<uuid:pk>/draft/", juror.draft, name="discussion_draft"),
    path(f"{MINE}<uuid:pk>/scores/", juror.revise, name="revise_scores"),
    path(f"{MINE}<uuid:pk>/messages/<uuid:remark>/", juror.remark, name="remark"),
    path(f"{MINE}<uuid:pk>/messages/<uuid:remark>/remove/", juror.remark_remove, name="remark_remove"),
    path(ALL, staff.index, name="staff_discussions"),
    path(f"{ALL}close/", staff.close_all, name="close_discussions"),
    path(f"{ALL}<uuid:pk>/", staff.discussion, name="staff_discussion"),
    path(f"{ALL}<uuid:pk>/draft/", staff.draft, name="staff_discussion_draft"),
    path(f"{ALL}<uuid:pk>/close/", staff.close, name="close_discussion"),
    path(f"{ALL}<uuid:pk>/reopen/", staff.reopen, name="reopen_discussion"),
    path(f"{ALL}<uuid:pk>/messages/<uuid:remark>/", staff.remark, name="staff_remark"),
    path(f"{ALL}<uuid:pk>/messages/<uuid:remark>/remove/", staff.remark_remove, name="staff_remark_remove"),
]
