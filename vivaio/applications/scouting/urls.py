from django.urls import path

from vivaio.applications.scouting.views import invited, inviting, longlist

LIST = "programmes/<slug:slug>/longlist/"
ONE = f"{LIST}<uuid:pk>/"

urlpatterns = [
    path(LIST, longlist.longlist, name="longlist"),
    path(f"{LIST}add/", longlist.add, name="prospect_add"),
    path(f"{LIST}import/", inviting.bring_in, name="prospect_import"),
    path(f"{LIST}invite/", inviting.invite_many, name="prospect_invite_many"),
    path(ONE, longlist.prospect, name="prospect"),
    path(f"{ONE}edit/", longlist.edit, name="prospect_edit"),
    path(f"{ONE}invite/", inviting.invite, name="prospect_invite"),
    path(f"{ONE}link/", longlist.link, name="prospect_link"),
    path(f"{ONE}set-aside/", longlist.set_aside, name="prospect_set_aside"),
    path(f"{ONE}bring-back/", longlist.bring_back, name="prospect_bring_back"),
    path(f"{ONE}remove/", longlist.remove, name="prospect_remove"),
    path("scouting/<str:token>/", invited.show, name="scouted"),
    path("scouting/<str:token>/opened/", invited.opened, name="scouted_opened"),
    path("scouting/<str:token>/interested/", invited.interested, name="scouted_interested"),
    path("scouting/<str:token>/decline/", invited.decline, name="scouted_decline"),
    path("scouting/<str:token>/begin/", invited.begin, name="scouted_begin"),
]
