"""Addresses of de minimis declarations; they belong to `applications`."""

from django.urls import path

from vivaio.applications.deminimis.views import applicant, staff

urlpatterns = [
    path("calls/<slug:programme>/<slug:slug>/de-minimis/", staff.declared, name="de_minimis_list"),
    path("applications/<uuid:pk>/de-minimis/", applicant.declaration, name="de_minimis"),
    path("applications/<uuid:pk>/de-minimis/total/", applicant.total, name="de_minimis_total"),
    path("applications/<uuid:pk>/de-minimis/copy/", applicant.copy_linked, name="de_minimis_copy"),
    path("applications/<uuid:pk>/de-minimis/sign/", applicant.sign, name="de_minimis_sign"),
    path("applications/<uuid:pk>/de-minimis/check/", staff.check, name="de_minimis_check"),
    path("applications/<uuid:pk>/de-minimis/visure/<uuid:verification>/", staff.file, name="de_minimis_file"),
]
