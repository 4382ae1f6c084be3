"""Addresses of one's own account."""

from django.urls import path

from vivaio.people.views import profile

urlpatterns = [
    path("profile/", profile.profile, name="profile"),
]
