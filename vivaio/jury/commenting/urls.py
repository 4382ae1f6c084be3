"""Comments for the applicants: the staff's pages, the juror's rewriting, the applicant's document."""

from django.urls import path

from vivaio.jury.commenting import own_views, views

COMMENTS = "calls/<slug:programme>/<slug:call>/jury/comments/"

urlpatterns = [
    path(COMMENTS, views.index, name="comments"),
    path(f"{COMMENTS}release/", views.releasing, name="comments_release"),
    path(f"{COMMENTS}<uuid:pk>/", views.application, name="comments_of"),
    path(f"{COMMENTS}<uuid:pk>/ready/", views.all_ready, name="comments_ready"),
    path(f"{COMMENTS}one/<uuid:pk>/ready/", views.ready, name="comment_ready"),
    path(f"{COMMENTS}one/<uuid:pk>/ask/", views.ask, name="comment_ask"),
    path(f"{COMMENTS}one/<uuid:pk>/withhold/", views.withhold, name="comment_withhold"),
    path("jury/<uuid:panel>/comments/<uuid:pk>/", own_views.rewrite, name="rewrite"),
    path("jury/<uuid:panel>/comments/<uuid:pk>/save/", own_views.rewrite_save, name="rewrite_save"),
    path("applications/<uuid:application>/outcome/comments.pdf", own_views.released_pdf, name="comments_pdf"),
]
