from django.urls import include, path

from vivaio.programmes.views import (
    invitation,
    look,
    my_privacy,
    notices,
    publication,
    purposes,
    retention,
    roles,
    saved_views,
    settings,
)

app_name = "programmes"

ROLES = "programmes/<slug:slug>/roles/"
EDIT = "programmes/<slug:slug>/edit/"
PRIVACY = "programmes/<slug:slug>/privacy/"
VIEWS = "programmes/<slug:slug>/views/"
SITE_PRIVACY = "installation/privacy/"
# The staff's pages on personal data: of each programme, and the same of the installation.
HELD = (
    ("controller/", notices.controller, "controller"),
    ("notices/", notices.notices, "notices"),
    ("notices/publish/", notices.publish, "publish_notice"),
    ("notices/discard/", notices.discard, "discard_notice"),
    ("purposes/", purposes.purposes, "purposes"),
    ("register/", purposes.processing, "processing"),
    ("retention/", retention.retention, "retention"),
    ("retention/<slug:kind>/", retention.kind, "retention_kind"),
    ("retention/<slug:kind>/hold/", retention.hold, "retention_hold"),
    ("retention/<slug:kind>/lift/", retention.lift, "retention_lift"),
)

urlpatterns = [
    path(EDIT, settings.identity, name="edit"),
    path(f"{EDIT}phases/", settings.rows, {"what": settings.PHASES}, name="phases"),
    path(f"{EDIT}partners/", settings.rows, {"what": settings.PARTNERS}, name="partners"),
    path(f"{EDIT}areas/", settings.rows, {"what": settings.AREAS}, name="areas"),
    path(f"{EDIT}amounts/", settings.amounts, name="amounts"),
    path(f"{EDIT}look/", settings.look, name="look"),
    path(f"{EDIT}publication/", publication.publication, name="publication"),
    path(f"{EDIT}publication/<slug:act>/", publication.act, name="publication_act"),
    path("programmes/<slug:slug>/look.css", look.sheet, name="look_css"),
    path("programmes/<slug:slug>/logo", look.logo, name="logo"),
    path(ROLES, roles.roles, name="roles"),
    path(f"{ROLES}invite/", roles.invite, name="invite"),
    path(f"{ROLES}invitations/<uuid:pk>/resend/", roles.resend, name="resend"),
    path(f"{ROLES}invitations/<uuid:pk>/cancel/", roles.cancel, name="cancel"),
    path(f"{ROLES}<uuid:pk>/end/", roles.end_role, name="end_role"),
    path("role-invitations/<str:token>/", invitation.show, name="invitation"),
    path("role-invitations/<str:token>/accept/", invitation.accept, name="accept"),
    path("role-invitations/<str:token>/decline/", invitation.decline, name="decline"),
    path("privacy/", notices.site, name="site_privacy"),
    path("privacy/versions/<int:number>/", notices.site, name="site_notice"),
    path(PRIVACY, notices.public, name="privacy"),
    path(f"{PRIVACY}versions/<int:number>/", notices.public, name="notice"),
    *(path(PRIVACY + rest, view, name=name) for rest, view, name in HELD),
    *(path(SITE_PRIVACY + rest, view, name=f"site_{name}") for rest, view, name in HELD),
    path(f"{VIEWS}of/<str:key>/", saved_views.views, name="views"),
    path(f"{VIEWS}<uuid:pk>/", saved_views.view, name="view"),
    path(f"{VIEWS}<uuid:pk>/update/", saved_views.update, name="update_view"),
    path(f"{VIEWS}<uuid:pk>/delete/", saved_views.delete, name="delete_view"),
    path("", include("vivaio.programmes.bulk.urls")),
    path("my-privacy/", my_privacy.home, name="my_privacy"),
    path("my-privacy/consents/<uuid:pk>/", my_privacy.answer, name="answer_consent"),
]
