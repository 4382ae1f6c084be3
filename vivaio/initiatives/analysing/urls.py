"""The needs analysis: how it is set up, its rounds, each initiative's profile."""

from django.urls import path

from vivaio.initiatives.analysing.views import answering, initiative, rounds, setup

OF = "programmes/<slug:programme>/needs/"
ROUND = "needs/rounds/<uuid:pk>/"
DIMENSION = "needs/dimensions/<uuid:pk>/"
PROFILE = "needs/profiles/<uuid:pk>/"
ANSWERS = f"{PROFILE}answers/<slug:side>/"

urlpatterns = [
    path(OF, rounds.overview, name="needs_programme"),
    path(f"{OF}change/", rounds.change, name="needs_change"),
    path(f"{OF}set-up/", setup.index, name="needs_setup"),
    path(f"{OF}begin/", setup.begin, name="needs_begin"),
    path(f"{OF}dimensions/add/", setup.add, name="dimension_add"),
    path(f"{OF}rounds/add/", rounds.add, name="round_add"),
    path(DIMENSION, setup.dimension, name="dimension"),
    path(f"{DIMENSION}remove/", setup.remove, name="dimension_remove"),
    path(f"{DIMENSION}answers/<str:question>/", setup.feed, name="feed"),
    path(f"{DIMENSION}answers/<str:question>/drop/", setup.drop, name="feed_drop"),
    path(ROUND, rounds.cohort, name="cohort"),
    path(f"{ROUND}edit/", rounds.edit, name="round_edit"),
    path(f"{ROUND}open/", rounds.open_for, name="round_open"),
    path(f"{ROUND}close/", rounds.close, name="round_close"),
    path(f"{ROUND}reopen/", rounds.reopen, name="round_reopen"),
    path(f"{ROUND}remind/", rounds.remind, name="round_remind"),
    path("initiatives/<uuid:pk>/needs/", initiative.needs, name="needs"),
    path("initiatives/<uuid:pk>/needs/coach/", initiative.coach, name="needs_coach"),
    path("initiatives/<uuid:pk>/needs/interviews/add/", initiative.interview, name="interview_add"),
    path("needs/interviews/<uuid:pk>/correct/", initiative.correct, name="interview_correct"),
    path(f"{PROFILE}agree/", initiative.agree, name="profile_agree"),
    path(f"{PROFILE}pdf/", initiative.as_pdf, name="profile_pdf"),
    path(f"{ANSWERS}begin/", answering.begin, name="profile_begin"),
    path(f"{ANSWERS}<int:step>/", answering.step, name="profile_step"),
    path(f"{ANSWERS}save/", answering.save, name="profile_save"),
    path(ANSWERS, answering.review, name="profile_review"),
    path(f"{ANSWERS}hand-in/", answering.hand_in, name="profile_hand_in"),
    path(f"{ANSWERS}take-back/", answering.take_back, name="profile_take_back"),
]
