from django.urls import path

from vivaio.calls.asking.views import anyone, staff

CALL = "calls/<slug:programme>/<slug:slug>/"

urlpatterns = [
    path(f"{CALL}questions/", anyone.questions, name="questions"),
    path(f"{CALL}questions/ask/", anyone.ask, name="ask"),
    path(f"{CALL}questions/<uuid:pk>/take-back/", anyone.take_back, name="question_take_back"),
    path(f"{CALL}follow/", anyone.follow, name="follow"),
    path(f"{CALL}manage/questions/", staff.queue, name="question_queue"),
    path(f"{CALL}manage/questions/<uuid:pk>/", staff.question, name="question"),
]
