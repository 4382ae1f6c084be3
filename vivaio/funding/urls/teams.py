from django.urls import path

from vivaio.funding.views import awards, claims

urlpatterns = [
    path("initiatives/<uuid:pk>/money/", awards.of_initiative, name="of_initiative"),
    path("awards/<uuid:pk>/", awards.award, name="award"),
    path("awards/<uuid:pk>/take-back/", awards.revoke, name="revoke"),
    path("awards/<uuid:pk>/claim/", claims.claim_new, name="claim_new"),
    path("claims/<uuid:pk>/", claims.claim, name="claim"),
    path("claims/<uuid:pk>/edit/", claims.claim_edit, name="claim_edit"),
    path("claims/<uuid:pk>/file/", claims.claim_file, name="claim_file"),
    path("claims/<uuid:pk>/discard/", claims.discard, name="discard"),
    path("claims/<uuid:pk>/pay/", claims.pay, name="pay"),
    path("claims/<uuid:pk>/answer/<slug:answer>/", claims.answer, name="answer"),
    path("claims/<uuid:pk>/step/<slug:step>/", claims.step, name="step"),
]
