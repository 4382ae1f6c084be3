"""The pages of the pitch day: for the staff, the teams, the jurors, anyone, and the screen in the room."""

from django.urls import path

from vivaio.jury.pitching.views import people, screen, staff

DAY = "calls/<slug:programme>/<slug:call>/jury/pitch/"
PUBLIC = "calls/<slug:programme>/<slug:call>/pitch"

urlpatterns = [
    path(DAY, staff.index, name="pitch"),
    path(f"{DAY}draw/", staff.draw, name="pitch_draw"),
    path(f"{DAY}places/<uuid:pk>/<str:way>/", staff.shift, name="pitch_shift"),
    path(f"{DAY}announce/", staff.announce, name="pitch_announce"),
    path(f"{DAY}take-back/", staff.take_back, name="pitch_take_back"),
    path(f"{DAY}conclude/", staff.conclude, name="pitch_conclude"),
    path(f"{DAY}board/", staff.show, name="pitch_show"),
    path(f"{DAY}board/live/", staff.live, name="pitch_live"),
    path(f"{DAY}screen/", staff.new_screen, name="pitch_new_screen"),
    path(f"{PUBLIC}/", people.programme, name="pitch_public"),
    path(f"{PUBLIC}.ics", people.programme_ics, name="pitch_public_ics"),
    path("applications/<uuid:application>/pitch/", people.team, name="pitch_team"),
    path("applications/<uuid:application>/pitch.ics", people.team_ics, name="pitch_team_ics"),
    path("jury/<uuid:panel>/pitch/", people.juror, name="pitch_juror"),
    path("jury/<uuid:panel>/pitch.ics", people.juror_ics, name="pitch_juror_ics"),
    path("jury/board/<str:screen>/", screen.board, name="pitch_board"),
    path("jury/board/<str:screen>/lines/", screen.lines, name="pitch_board_lines"),
]
