from django.urls import path

from vivaio.publishing.results.views import anyone, staff

OF = "programmes/<slug:programme>/results/"
MANAGE = "programmes/<slug:programme>/site/results/"

urlpatterns = [
    path(OF, anyone.results, name="results"),
    path(f"{OF}report.pdf", anyone.report, name="results_report"),
    path(f"{OF}figures.csv", anyone.as_csv, name="results_csv"),
    path(f"{OF}figures.json", anyone.as_json, name="results_json"),
    path(f"{OF}<slug:part>/", anyone.part, name="results_part"),
    path(MANAGE, staff.manage, name="results_manage"),
    path(f"{MANAGE}take/", staff.take, name="results_take"),
    path(f"{MANAGE}<slug:act>/", staff.act, name="results_act"),
]
