"""Root URLs. Every page carries its language in front (`/it/`, `/en/`)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from vivaio.people.urls.account import instead_of_allauth, without_language

handler400 = "vivaio.kit.errors.bad_request"
handler403 = "vivaio.kit.errors.forbidden"
handler404 = "vivaio.kit.errors.not_found"
handler429 = "vivaio.kit.errors.too_many"
handler500 = "vivaio.kit.errors.server_error"

urlpatterns = [
    path("", include("vivaio.kit.urls")),
    path("", include("vivaio.publishing.urls_without_language")),
    path("", include("vivaio.api.urls_without_language")),
    *without_language,
    *i18n_patterns(
        path("", include("vivaio.kit.pages")),
        path("account/", include(instead_of_allauth)),
        path("account/", include("allauth.account.urls")),
        path("account/2fa/", include("allauth.mfa.urls")),
        path("account/3rdparty/", include("allauth.socialaccount.urls")),
        path("", include("vivaio.api.urls")),
        path("people/", include("vivaio.people.urls")),
        path("blueprints/", include("vivaio.blueprints.urls")),
        path("forms/", include("vivaio.questionnaires.urls")),
        path("", include("vivaio.programmes.urls")),
        path("", include("vivaio.calls.urls")),
        path("", include("vivaio.applications.urls")),
        path("", include("vivaio.jury.urls")),
        path("", include("vivaio.initiatives.urls")),
        path("", include("vivaio.funding.urls")),
        path("", include("vivaio.experts.urls")),
        path("", include("vivaio.exchange.urls")),
        path("", include("vivaio.finder.urls")),
        path("", include("vivaio.publishing.urls")),
        path("", include("vivaio.desk.urls")),
    ),
]
