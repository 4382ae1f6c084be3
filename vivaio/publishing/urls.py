from django.urls import include, path

from vivaio.publishing.views import feeds, manage, public

app_name = "publishing"

SITE = "programmes/<slug:programme>/site/<slug:shelf>/"

urlpatterns = [
    path("", include("vivaio.publishing.accessibility.urls")),
    path("", include("vivaio.publishing.practices.urls")),
    path("programmes/<slug:programme>/news/", public.news_list, name="news_list"),
    path("programmes/<slug:programme>/news/feed.atom", feeds.news_feed, name="news_feed"),
    path("programmes/<slug:programme>/news/<slug:slug>/", public.news, name="news"),
    path("programmes/<slug:programme>/calendar.ics", feeds.calendar, name="calendar"),
    path("news.atom", feeds.news_feed, name="all_news_feed"),
    path("calendar.ics", feeds.calendar, name="whole_calendar"),
    path("cards/<slug:kind>/<uuid:pk>.png", feeds.card, name="card"),
    path("programmes/<slug:programme>/documents/", public.library, name="library"),
    path("programmes/<slug:programme>/media/", public.gallery, name="gallery"),
    path("covers/<uuid:pk>", public.cover, name="cover"),
    path("documents/<uuid:pk>", public.document, name="document"),
    path("photos/<uuid:pk>/<slug:size>", public.photo, name="photo"),
    path("videos/<uuid:pk>/", public.video, name="video"),
    path("videos/<uuid:pk>/file", public.video_file, name="video_file"),
    path("videos/<uuid:pk>/poster", public.poster, name="poster"),
    path("videos/<uuid:pk>/captions/<slug:language>.vtt", public.captions, name="captions"),
    path("", include("vivaio.publishing.results.urls")),
    path("programmes/<slug:programme>/site/", manage.site, name="site"),
    path(SITE, manage.shelf, name="shelf"),
    path(f"{SITE}new/", manage.add, name="add"),
    path(f"{SITE}<uuid:pk>/", manage.edit, name="edit"),
    path(f"{SITE}<uuid:pk>/<slug:act>/", manage.act, name="act"),
]
