from django.urls import path

from vivaio.funding.views import ledger

urlpatterns = [
    path("programmes/<slug:programme>/ledger/", ledger.index, name="ledger"),
    path("programmes/<slug:programme>/ledger/money-in/", ledger.receive, name="receive"),
    path("ledger/<uuid:pk>/", ledger.transaction, name="transaction"),
    path("ledger/<uuid:pk>/reverse/", ledger.reverse_, name="reverse"),
]
