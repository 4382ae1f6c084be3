"""The contests of an initiative, and the interest of jurors."""

from django.urls import path

from vivaio.initiatives.contesting import views

OF = "programmes/<slug:programme>/initiatives/"

urlpatterns = [
    path("initiatives/<uuid:pk>/contests/", views.contests, name="contests"),
    path("initiatives/<uuid:pk>/contests/enter/", views.enter, name="enter_contest"),
    path("initiatives/interests/<uuid:pk>/<str:answer>/", views.answer, name="answer_interest"),
    path(f"{OF}contests/", views.programme_contests, name="programme_contests"),
    path(f"{OF}contests/entries/", views.programme_entries, name="programme_entries"),
    path(f"{OF}contests/interest/", views.programme_interest, name="programme_interest"),
    path("jury/<uuid:panel>/entrants/", views.entrants, name="entrants"),
    path("jury/entrants/<uuid:pk>/interest/", views.interest, name="interest"),
]
