from django.urls import include, path

from vivaio.applications.views import applicant, drafting, integration, staff

app_name = "applications"

urlpatterns = [
    path("", include("vivaio.applications.scouting.urls")),
    path("", include("vivaio.applications.guarding.urls")),
    path("", include("vivaio.applications.self_checking.urls")),
    path("", include("vivaio.applications.finding.urls")),
    path("", include("vivaio.applications.figures.urls")),
    path("", include("vivaio.applications.timeline.urls")),
    path("", include("vivaio.applications.copying.urls")),
    path("", include("vivaio.applications.checking.urls")),
    path("", include("vivaio.applications.signing.urls")),
    path("", include("vivaio.applications.printing.urls")),
    path("", include("vivaio.applications.dossiers.urls")),
    path("", include("vivaio.applications.own_letters.urls")),
    path("", include("vivaio.applications.deminimis.urls")),
    path("calls/<slug:programme>/<slug:slug>/apply/", applicant.apply, name="apply"),
    path("calls/<slug:programme>/<slug:slug>/applications/", staff.received, name="received"),
    path("calls/<slug:programme>/<slug:slug>/applications/confirm/", staff.confirm_all, name="confirm_all"),
    path("applications/", applicant.mine, name="mine"),
    path("applications/<uuid:pk>/", applicant.application, name="application"),
    path("applications/<uuid:pk>/step/<int:step>/", drafting.step, name="step"),
    path("applications/<uuid:pk>/save/", drafting.save, name="save"),
    path("applications/<uuid:pk>/review/", drafting.review, name="review"),
    path("applications/<uuid:pk>/withdraw/", applicant.withdraw, name="withdraw"),
    path("applications/<uuid:pk>/reopen/", applicant.reopen, name="reopen"),
    path("applications/<uuid:pk>/receipts/<uuid:receipt>.pdf", applicant.receipt, name="receipt"),
    path("applications/<uuid:pk>/files/<uuid:file>/", applicant.file, name="file"),
    path("applications/<uuid:pk>/eligibility/", staff.eligibility_page, name="eligibility"),
    path("applications/<uuid:pk>/eligibility/recheck/", staff.recheck, name="recheck"),
    path("applications/<uuid:pk>/eligibility/confirm/", staff.confirm, name="confirm"),
    path("applications/<uuid:pk>/eligibility/exclude/", staff.exclude, name="exclude"),
    path("applications/<uuid:pk>/eligibility/undo/", staff.undecide, name="undecide"),
    path(
        "applications/<uuid:pk>/eligibility/integration/",
        staff.request_integration,
        name="request_integration",
    ),
    path("integrations/<uuid:pk>/", integration.answer, name="integration"),
    path("integrations/<uuid:pk>/step/<int:step>/", integration.step, name="integration_step"),
    path(
        "integrations/<uuid:pk>/files/<uuid:file>/remove/",
        integration.remove_file,
        name="integration_remove_file",
    ),
    path("integrations/<uuid:pk>/cancel/", staff.cancel_integration, name="integration_cancel"),
]
