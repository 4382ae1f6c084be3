from django.urls import path

from vivaio.desk.rehearsing import views

urlpatterns = [
    path("desk/<slug:slug>/calls/<slug:call>/rehearsal/", views.rehearsal, name="rehearsal"),
    path("desk/<slug:slug>/calls/<slug:call>/rehearsal/end/", views.end, name="rehearsal_end"),
]
