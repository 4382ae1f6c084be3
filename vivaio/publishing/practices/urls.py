from django.urls import path

from vivaio.publishing.practices.views import anyone, initiative, own, staff

PROGRAMME, INITIATIVE = "programmes/<slug:programme>/", "initiatives/<uuid:pk>/practices/"

urlpatterns = [
    path(f"{PROGRAMME}practices/", anyone.practices, name="practices"),
    path(f"{PROGRAMME}practices/<slug:slug>/", anyone.practice, name="practice"),
    path(f"{PROGRAMME}collected/", staff.desk, name="practice_desk"),
    path(f"{PROGRAMME}collected/new/", staff.collect, name="practice_collect"),
    path(f"{PROGRAMME}collected/<uuid:application>/take/", staff.take, name="practice_take"),
    path("practices/<uuid:pk>/", staff.edit, name="practice_edit"),
    path("practices/<uuid:pk>/yours/", own.own, name="practice_own"),
    path("practices/<uuid:pk>/<slug:act>/", staff.act, name="practice_act"),
    path(INITIATIVE, initiative.suggested, name="practices_suggested"),
    path(f"{INITIATIVE}<uuid:practice>/introduction/", initiative.introduce, name="practice_introduce"),
    path(f"{INITIATIVE}<uuid:practice>/<slug:verdict>/", initiative.mark, name="practice_mark"),
]
