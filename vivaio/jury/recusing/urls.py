"""Stepping aside, and what the staff does about it."""

from django.urls import path

from vivaio.jury.recusing import views

RECUSALS = "calls/<slug:programme>/<slug:call>/jury/recusals/"

urlpatterns = [
    path("jury/<uuid:panel>/<uuid:pk>/conflict/", views.step_aside, name="recuse"),
    path(RECUSALS, views.index, name="recusals"),
    path(f"{RECUSALS}replacing/", views.set_replacing, name="set_replacing"),
    path(f"{RECUSALS}<uuid:pk>/give/", views.give, name="give_recused"),
    path(f"{RECUSALS}<uuid:pk>/undo/", views.undo, name="undo_recusal"),
]
