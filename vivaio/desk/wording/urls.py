from django.urls import path

from vivaio.desk.wording import views

OF_CALL = "desk/<slug:slug>/calls/<slug:call>/letters/"
ONE = f"{OF_CALL}texts/<str:letter>/<slug:language>/"

urlpatterns = [
    path(OF_CALL, views.letters, name="call_letters"),
    path(f"{OF_CALL}sent/", views.sent, name="call_sent"),
    path(ONE, views.letter, name="call_letter"),
    path(f"{ONE}html/", views.letter_html, name="call_letter_html"),
    path(f"{ONE}standard/", views.standard, name="call_letter_standard"),
]
