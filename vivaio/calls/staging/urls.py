from django.urls import path

from vivaio.calls.staging import views

CALL = "calls/<slug:programme>/<slug:slug>/"

urlpatterns = [
    path(f"{CALL}manage/stages/", views.stages, name="stages"),
    path(f"{CALL}manage/stages/add/", views.add, name="add_stage"),
    path(f"{CALL}manage/stages/remove/", views.remove, name="remove_stage"),
]
