"""Contacts of an initiative, and of a programme."""

from django.urls import path

from vivaio.initiatives.contacting import views

ONE = "initiatives/<uuid:pk>/contacts/"
CONTACT = "initiatives/contacts/<uuid:pk>/"

urlpatterns = [
    path(ONE, views.contacts, name="contacts"),
    path(f"{ONE}add/", views.add, name="contact_add"),
    path(CONTACT, views.contact, name="contact"),
    path(f"{CONTACT}edit/", views.edit, name="contact_edit"),
    path(f"{CONTACT}tell/", views.tell, name="contact_tell"),
    path(f"{CONTACT}end/", views.end, name="contact_end"),
    path(f"{CONTACT}reopen/", views.reopen, name="contact_reopen"),
    path(
        "programmes/<slug:programme>/initiatives/contacts/",
        views.programme_contacts,
        name="programme_contacts",
    ),
]
