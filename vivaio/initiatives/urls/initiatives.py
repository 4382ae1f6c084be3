"""The programme's initiatives, one's own, and an initiative's overview."""

from django.urls import path

from vivaio.initiatives.views import initiatives as views

urlpatterns = [
    path("initiatives/", views.mine, name="mine"),
    path("initiatives/<uuid:pk>/", views.initiative, name="initiative"),
    path("programmes/<slug:programme>/initiatives/manage/", views.staff_list, name="staff_list"),
]
