"""The calibration meeting: the jurors' pages and the staff's."""

from django.urls import path

from vivaio.jury.meeting.views import juror, staff

MINE = "jury/<uuid:panel>/meeting/"
ALL = "calls/<slug:programme>/<slug:call>/jury/meeting/"

urlpatterns = [
    path(MINE, juror.index, name="meeting"),
    path(f"{MINE}answer/", juror.answer, name="meeting_answer"),
    path(f"{MINE}calendar.ics", juror.ics, name="meeting_ics"),
    path(f"{MINE}<uuid:pk>/", juror.practice, name="practice"),
    path(f"{MINE}<uuid:pk>/save/", juror.save, name="practice_save"),
    path(f"{MINE}<uuid:pk>/files/<uuid:file>/", juror.file, name="practice_file"),
    path(ALL, staff.index, name="staff_meeting"),
    path(f"{ALL}start/", staff.start, name="meeting_start"),
    path(f"{ALL}open/", staff.put_on_table, name="meeting_open"),
    path(f"{ALL}notes/", staff.notes, name="meeting_notes"),
    path(f"{ALL}conclude/", staff.conclude, name="meeting_conclude"),
]
