"""The ranking: for the staff, for the applicant, for anyone."""

from django.urls import path

from vivaio.jury.advancing import views as advancing
from vivaio.jury.views import outcome, ranking

RANKING = "calls/<slug:programme>/<slug:call>/jury/ranking/"
PUBLIC = "calls/<slug:programme>/<slug:call>/ranking"

urlpatterns = [
    path(RANKING, ranking.index, name="ranking"),
    path(f"{RANKING}compute/", ranking.compute, name="compute"),
    path(f"{RANKING}draw/", ranking.draw, name="draw"),
    path(f"{RANKING}publish/", ranking.publish, name="publish"),
    path(f"{RANKING}go-on/", advancing.go_on, name="go_on"),
    path(f"{RANKING}entries/<uuid:pk>/go-on/", advancing.move_up, name="move_up"),
    path(f"{RANKING}entries/<uuid:pk>/", ranking.entry, name="entry"),
    path(f"{RANKING}entries/<uuid:pk>/decide/", ranking.decide, name="decide"),
    path(f"{RANKING}<uuid:pk>/ties/<int:position>/", ranking.order_tied, name="order_tied"),
    path(f"{RANKING}<uuid:pk>/adopt/", ranking.adopt, name="adopt"),
    path(f"{RANKING}<uuid:pk>/take-back/", ranking.take_back, name="take_back"),
    path(f"{RANKING}<uuid:pk>/severity/", ranking.severity, name="severity"),
    path(f"{RANKING}record.json", ranking.record, name="record"),
    path(f"{RANKING}<uuid:pk>/minutes.pdf", ranking.minutes, name="minutes"),
    path(f"{PUBLIC}/", outcome.public_ranking, name="public_ranking"),
    path(f"{PUBLIC}.pdf", outcome.public_file, {"kind": "pdf"}, name="public_pdf"),
    path(f"{PUBLIC}.csv", outcome.public_file, {"kind": "csv"}, name="public_csv"),
    path(f"{PUBLIC}.json", outcome.public_record, name="public_record"),
    path("applications/<uuid:application>/outcome/", outcome.outcome, name="outcome"),
    path("applications/<uuid:application>/outcome/accept/", outcome.accept, name="accept_place"),
    path("applications/<uuid:application>/outcome/decline/", outcome.decline, name="decline_place"),
]
