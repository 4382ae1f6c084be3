from django.urls import path

from vivaio.funding.views import awards, claims, ledger, prizes

urlpatterns = [
    path("programmes/<slug:programme>/money/", awards.index, name="awards"),
    path("programmes/<slug:programme>/money/award/", awards.award_new, name="award_new"),
    path("programmes/<slug:programme>/money/terms/", awards.terms, name="terms"),
    path("calls/<slug:programme>/<slug:call>/prizes/", prizes.prizes, name="prizes"),
    path("programmes/<slug:programme>/claims/", claims.index, name="claims"),
    path("programmes/<slug:programme>/ledger/", ledger.index, name="ledger"),
    path("programmes/<slug:programme>/ledger/money-in/", ledger.receive, name="receive"),
    path("ledger/<uuid:pk>/", ledger.transaction, name="transaction"),
    path("ledger/<uuid:pk>/reverse/", ledger.reverse_, name="reverse"),
]
