from django.urls import path

from vivaio.applications.finding import views

urlpatterns = [
    path("calls/<slug:programme>/<slug:slug>/applications/filters/", views.filters, name="filters"),
]
