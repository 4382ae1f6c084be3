from django.urls import path

from vivaio.bulk import views

app_name = "bulk"

LIST = "programmes/<slug:slug>/changes/"
ONE = f"{LIST}<uuid:pk>/"

urlpatterns = [
    path(LIST, views.runs, name="runs"),
    path(ONE, views.run, name="run"),
    path(f"{ONE}carry-out/", views.carry_out, name="carry_out"),
    path(f"{ONE}take-back/", views.take_back, name="take_back"),
]
