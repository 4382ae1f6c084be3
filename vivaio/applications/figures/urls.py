from django.urls import path

from vivaio.applications.figures import views

urlpatterns = [
    path("calls/<slug:programme>/<slug:slug>/applications/figures/", views.figures, name="figures"),
]
