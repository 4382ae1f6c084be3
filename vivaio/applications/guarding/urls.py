"""Addresses of the young and of their guardians; they belong to `applications`."""

from django.urls import path

from vivaio.applications.guarding import views

urlpatterns = [
    path("applications/<uuid:pk>/guardian/", views.guardian, name="guardian"),
    path("applications/<uuid:pk>/guardian/birth/", views.tell_birth, name="tell_birth"),
    path("applications/<uuid:pk>/guardian/again/", views.ask_again, name="guardian_again"),
    path("guardians/<str:token>/", views.asked, name="guardian_asked"),
    path("guardians/<str:token>/no/", views.end, name="guardian_end"),
    path("guardians/<str:token>/again/", views.new_link, name="guardian_new_link"),
]
