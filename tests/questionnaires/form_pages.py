"""A room that gives a form out, as small as one can be: its steps, their saving, the answers to be read."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django_cotton.cotton_loader import Loader

from vivaio.config import urls as installed
from vivaio.questionnaires import actions, queries
from vivaio.questionnaires.models import Response

PAGE = """{% extends "kit/base.html" %}{% block title %}Prova{% endblock %}{% block content %}
<c-page-header title="La portineria leggera" eyebrow="Percorso Cooperative, 10 posti" />
<div class="mb-4"><c-saved text="Tutto salvato alle 22:47" /></div>
{% if form_page %}{% include "questionnaires/page.html" %}
{% else %}{% include "questionnaires/answers.html" %}{% endif %}
{% endblock %}"""


def draw(request, **context):
    compiled = Loader(engines["django"].engine).cotton_compiler.process(PAGE)
    return HttpResponse(engines["django"].from_string(compiled).render(context, request))


def urls(pk, step):
    return queries.Urls(
        page=lambda number: f"/it/prova/{pk}/{number}/",
        autosave=f"/it/prova/{pk}/{step}/save/",
        review=f"/it/prova/{pk}/read/",
        file=lambda file: f"/it/prova/{pk}/file/{file}/",
    )


@login_not_required
def step(request, pk, number):
    response = queries.with_version(pk)
    saved = None
    if request.method == "POST":
        posted = queries.read_post(response, number, request.POST, request.FILES)
        saved = actions.save_posted(response, posted, by=None)
        if saved.clean:
            to = number + 1 if posted.wish == "next" else number
            return redirect(f"/it/prova/{pk}/{to}/{posted.fragment}")
        response = saved.response
    return draw(request, form_page=queries.frame(response, number, urls(pk, number), saved=saved))


@login_not_required
def save(request, pk, number):
    response = Response.objects.get(pk=pk)
    changes = queries.read_json(request.body)
    saved = actions.save_answers(response, changes, by=None)
    return JsonResponse(queries.autosave_reply(response, saved, changes, number, urls(pk, number)))


@login_not_required
def read(request, pk):
    response = queries.with_version(pk)
    return draw(request, blocks=queries.answer_blocks(response.version, response.answers))


@login_not_required
def file(request, pk, file):
    found = queries.with_version(pk).attachments.get(pk=file)
    return FileResponse(found.file.open(), content_type=found.content_type)


urlpatterns = [
    *i18n_patterns(
        path("prova/<uuid:pk>/<int:number>/", step),
        path("prova/<uuid:pk>/<int:number>/save/", save),
        path("prova/<uuid:pk>/read/", read),
        path("prova/<uuid:pk>/file/<uuid:file>/", file),
    ),
    *installed.urlpatterns,
]
