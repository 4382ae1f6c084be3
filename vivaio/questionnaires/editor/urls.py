from django.urls import path

from vivaio.questionnaires.editor.views import comparing, ending, logic, preview, questions, starting, words

urlpatterns = [
    path("new/", starting.start, name="start"),
    path("<uuid:pk>/compare/", comparing.versions, name="compare"),
    path("<uuid:pk>/draft/", questions.listing, name="draft_questions"),
    path("<uuid:pk>/draft/begin/", starting.begin, name="draft_begin"),
    path("<uuid:pk>/draft/add/", questions.add, name="draft_add"),
    path("<uuid:pk>/draft/move/", questions.move, name="draft_move"),
    path("<uuid:pk>/draft/copy/", questions.double, name="draft_double"),
    path("<uuid:pk>/draft/undo/", questions.undo, name="draft_undo"),
    path("<uuid:pk>/draft/pick/", logic.pick, name="draft_pick"),
    path("<uuid:pk>/draft/translations/", words.translations, name="draft_texts"),
    path("<uuid:pk>/draft/lists/", words.lists, name="draft_lists"),
    path("<uuid:pk>/draft/lists/<str:name>/", words.choices, name="draft_list"),
    path("<uuid:pk>/draft/title/", words.settings, name="draft_settings"),
    path("<uuid:pk>/draft/preview/<int:number>/", preview.preview, name="draft_preview"),
    path("<uuid:pk>/draft/preview/try/", preview.save, name="draft_preview_save"),
    path("<uuid:pk>/draft/new/", comparing.news, name="draft_news"),
    path("<uuid:pk>/draft/publish/", ending.publish, name="draft_publish"),
    path("<uuid:pk>/draft/discard/", ending.discard, name="draft_discard"),
    path("<uuid:pk>/draft/question/<str:name>/", questions.change, name="draft_change"),
    path("<uuid:pk>/draft/question/<str:name>/logic/", logic.logic, name="draft_logic"),
    path("<uuid:pk>/draft/question/<str:name>/limits/", logic.limits, name="draft_limits"),
    path("<uuid:pk>/draft/question/<str:name>/expression/", logic.expression, name="draft_expression"),
    path("<uuid:pk>/draft/question/<str:name>/place/", questions.place, name="draft_place"),
    path("<uuid:pk>/draft/question/<str:name>/remove/", questions.remove, name="draft_remove"),
]
