from django.urls import path

from vivaio.applications.dossiers import views

ONE = "applications/dossiers/<uuid:pk>/"

urlpatterns = [
    path("calls/<slug:programme>/<slug:slug>/applications/dossiers/", views.dossiers, name="dossiers"),
    path(ONE, views.dossier, name="dossier"),
    path(f"{ONE}progress/", views.progress, name="dossier_progress"),
    path(f"{ONE}cancel/", views.cancel, name="dossier_cancel"),
    path(f"{ONE}delete/", views.delete, name="dossier_delete"),
    path("applications/dossiers/volumes/<uuid:pk>/", views.volume, name="dossier_volume"),
]
