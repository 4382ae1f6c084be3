"""The staff's pages of a blind review."""

from django.urls import path

from vivaio.jury.blinding import views

BLIND = "calls/<slug:programme>/<slug:call>/jury/blind/"

urlpatterns = [
    path(BLIND, views.index, name="blind"),
    path(f"{BLIND}<uuid:pk>/", views.blinded, name="blinded"),
    path(f"{BLIND}<uuid:pk>/<uuid:file>/", views.blind_file, name="blind_file"),
]
