from django.urls import include, path

from vivaio.api.views import awards, reference, tokens

app_name = "api"

urlpatterns = [
    path("", include("vivaio.api.webhooks.urls")),
    path("api/", reference.reference, name="reference"),
    path("programmes/<slug:programme>/awards.json", awards.as_json, name="awards_json"),
    path("programmes/<slug:programme>/awards.csv", awards.as_csv, name="awards_csv"),
    path("people/tokens/", tokens.tokens, name="tokens"),
    path("people/tokens/<uuid:pk>/revoke/", tokens.revoke, name="revoke"),
]
