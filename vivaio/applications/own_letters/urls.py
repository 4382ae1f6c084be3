from django.urls import path

from vivaio.applications.own_letters import views

ONE = "applications/own-letters/<uuid:pk>/"

urlpatterns = [
    path("calls/<slug:programme>/<slug:slug>/applications/letters/", views.own_letters, name="own_letters"),
    path(ONE, views.own_letter, name="own_letter"),
    path(f"{ONE}discard/", views.discard, name="own_letter_discard"),
]
