"""The contests of an initiative, and the interest of jurors."""

from django.urls import path

from vivaio.initiatives.contesting import views

urlpatterns = [
    path("initiatives/<uuid:pk>/contests/", views.contests, name="contests"),
    path("initiatives/<uuid:pk>/contests/enter/", views.enter, name="enter_contest"),
    path("initiatives/interests/<uuid:pk>/<str:answer>/", views.answer, name="answer_interest"),
    path("jury/<uuid:panel>/entrants/", views.entrants, name="entrants"),
    path("jury/entrants/<uuid:pk>/interest/", views.interest, name="interest"),
]
