"""The awards: prepared by the staff, on stage, and followed by anyone."""

from django.urls import path

from vivaio.jury.awarding.views import anyone, staff

STAGE = "calls/<slug:programme>/<slug:call>/jury/pitch/awards/"
PUBLIC = "calls/<slug:programme>/<slug:call>/pitch/awards/"

urlpatterns = [
    path(STAGE, staff.index, name="awarding"),
    path(f"{STAGE}prepare/", staff.prepare, name="awarding_prepare"),
    path(f"{STAGE}stage/", staff.stage, name="stage"),
    path(f"{STAGE}stage/<slug:step>/", staff.step, name="stage_step"),
    path(f"{STAGE}<uuid:pk>/<slug:way>/", staff.shift, name="awarding_shift"),
    path(PUBLIC, anyone.awards, name="awards"),
    path(f"{PUBLIC}lines/", anyone.lines, name="awards_lines"),
]
