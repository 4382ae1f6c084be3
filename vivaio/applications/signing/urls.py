"""Addresses of what is signed; they belong to `applications`."""

from django.urls import path

from vivaio.applications.signing import views

urlpatterns = [
    path("applications/<uuid:pk>/signing/", views.signing, name="signing"),
    path("applications/<uuid:pk>/signing/<uuid:paper>.pdf", views.paper, name="signing_paper"),
    path("applications/<uuid:pk>/signatures/<uuid:signature>/file/", views.signed_file, name="signed_file"),
    path("signatures/<uuid:pk>/look/", views.look, name="signature_look"),
    path("signatures/<uuid:pk>/identity/", views.identity, name="signature_identity"),
]
