"""Diaries: of one initiative, their entries, and the staff's page about all."""

from django.urls import path

from vivaio.initiatives.diary.views import deciding, reading, writing

ONE = "initiatives/<uuid:pk>/diary/"
ENTRY = "initiatives/diary/<uuid:pk>/"

urlpatterns = [
    path(ONE, reading.diary, name="diary"),
    path(f"{ONE}write/", writing.start, name="diary_start"),
    path(ENTRY, reading.entry, name="diary_entry"),
    path(f"{ENTRY}comment/", reading.comment, name="diary_comment"),
    path(f"{ENTRY}write/", writing.write, name="diary_write"),
    path(f"{ENTRY}typed/", writing.keep, name="diary_typed"),
    path(f"{ENTRY}photos/add/", writing.photo_add, name="diary_photo_add"),
    path(f"{ENTRY}files/add/", writing.file_add, name="diary_file_add"),
    path(f"{ENTRY}discard/", writing.discard, name="diary_discard"),
    path(f"{ENTRY}delete/", writing.delete, name="diary_delete"),
    path(f"{ENTRY}let-through/", deciding.let_through, name="diary_let_through"),
    path(f"{ENTRY}ask/", deciding.ask, name="diary_ask"),
    path("initiatives/diary/comments/<uuid:pk>/remove/", reading.comment_remove, name="diary_comment_remove"),
    path("initiatives/diary/photos/<uuid:pk>/remove/", writing.photo_remove, name="diary_photo_remove"),
    path("initiatives/diary/photos/<uuid:pk>/<slug:size>/", reading.photo, name="diary_photo"),
    path("initiatives/diary/files/<uuid:pk>/", reading.file, name="diary_file"),
    path("initiatives/diary/files/<uuid:pk>/remove/", writing.file_remove, name="diary_file_remove"),
    path("programmes/<slug:programme>/initiatives/diaries/", deciding.diaries, name="diaries"),
]
