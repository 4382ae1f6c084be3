"""Addresses of the checklist and of decisions that take two people; they belong to `applications`."""

from django.urls import path

from vivaio.applications.checking import views

urlpatterns = [
    path("calls/<slug:programme>/<slug:slug>/applications/next/", views.begin, name="queue"),
    path("applications/<uuid:pk>/checklist/", views.checklist, name="checklist"),
    path("applications/<uuid:pk>/checklist/<uuid:check>/", views.settle, name="settle"),
    path("applications/<uuid:pk>/checklist/<uuid:check>/save/", views.save, name="settle_typed"),
    path("applications/<uuid:pk>/checklist/files/<uuid:file>/", views.paper, name="paper"),
    path("proposals/<uuid:pk>/confirm/", views.confirm, name="proposal_confirm"),
    path("proposals/<uuid:pk>/back/", views.send_back, name="proposal_send_back"),
    path("proposals/<uuid:pk>/undo/", views.take_back, name="proposal_take_back"),
]
