from django.urls import path

from vivaio.applications.self_checking import views

urlpatterns = [
    path("calls/<slug:programme>/<slug:slug>/can-i-apply/", views.self_check, name="self_check"),
]
