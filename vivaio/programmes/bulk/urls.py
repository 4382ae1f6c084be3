from django.urls import path

from vivaio.programmes.bulk import views

LIST = "programmes/<slug:slug>/changes/"
ONE = f"{LIST}<uuid:pk>/"

urlpatterns = [
    path(LIST, views.runs, name="bulk_runs"),
    path(ONE, views.run, name="bulk_run"),
    path(f"{ONE}carry-out/", views.carry_out, name="bulk_carry_out"),
    path(f"{ONE}take-back/", views.take_back, name="bulk_take_back"),
]
