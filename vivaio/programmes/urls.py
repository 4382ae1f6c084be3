from django.urls import path

from vivaio.programmes.views import (
    invitation,
    look,
    my_privacy,
    notices,
    publication,
    purposes,
    retention,
    roles,
    settings,
)

app_name = "programmes"

ROLES = "programmes/<slug:slug>/roles/"
EDIT = "programmes/<slug:slug>/edit/"
PRIVACY = "programmes/<slug:slug>/privacy/"
SITE_PRIVACY = "installation/privacy/"

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
    path(f"{SITE_PRIVACY}controller/", notices.controller, name="site_controller"),
    path(f"{SITE_PRIVACY}notices/", notices.notices, name="site_notices"),
    path(f"{SITE_PRIVACY}notices/publish/", notices.publish, name="site_publish_notice"),
    path(f"{SITE_PRIVACY}notices/discard/", notices.discard, name="site_discard_notice"),
    path(PRIVACY, notices.public, name="privacy"),
    path(f"{PRIVACY}versions/<int:number>/", notices.public, name="notice"),
    path(f"{PRIVACY}controller/", notices.controller, name="controller"),
    path(f"{PRIVACY}notices/", notices.notices, name="notices"),
    path(f"{PRIVACY}notices/publish/", notices.publish, name="publish_notice"),
    path(f"{PRIVACY}notices/discard/", notices.discard, name="discard_notice"),
    path(f"{SITE_PRIVACY}purposes/", purposes.purposes, name="site_purposes"),
    path(f"{SITE_PRIVACY}register/", purposes.processing, name="site_processing"),
    path(f"{PRIVACY}purposes/", purposes.purposes, name="purposes"),
    path(f"{PRIVACY}register/", purposes.processing, name="processing"),
    path("my-privacy/", my_privacy.home, name="my_privacy"),
    path("my-privacy/consents/<uuid:pk>/", my_privacy.answer, name="answer_consent"),
    path(f"{SITE_PRIVACY}retention/", retention.retention, name="site_retention"),
    path(f"{SITE_PRIVACY}retention/<slug:kind>/", retention.kind, name="site_retention_kind"),
    path(f"{SITE_PRIVACY}retention/<slug:kind>/hold/", retention.hold, name="site_retention_hold"),
    path(f"{SITE_PRIVACY}retention/<slug:kind>/lift/", retention.lift, name="site_retention_lift"),
    path(f"{PRIVACY}retention/", retention.retention, name="retention"),
    path(f"{PRIVACY}retention/<slug:kind>/", retention.kind, name="retention_kind"),
    path(f"{PRIVACY}retention/<slug:kind>/hold/", retention.hold, name="retention_hold"),
    path(f"{PRIVACY}retention/<slug:kind>/lift/", retention.lift, name="retention_lift"),
]
