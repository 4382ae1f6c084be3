"""A page that saves as one types, and what answers it: for `test_scripts`."""

import json

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from django_cotton.cotton_loader import Loader

from vivaio.config import urls as installed

PAGE = """{% extends "kit/base.html" %}{% block title %}Prova{% endblock %}{% block content %}
<h1>Prova</h1><c-saved text="Niente da salvare" />
<form method="post" data-autosave-url="/it/save/" data-autosave-key="prova">{% csrf_token %}
<div class="vv-question" id="q-idea" data-revision="3"><label for="idea">Idea</label>
<textarea id="idea" name="idea" data-words="5" aria-describedby="idea-c">{{ idea }}</textarea>
<c-counter id="idea-c" :count="0" limit="5" /></div>
<fieldset data-many><legend>Settori</legend>
<input type="checkbox" id="s1" name="sectors" value="a"><label for="s1">A</label></fieldset>
<div id="total">vecchio</div>
<label for="bio">Testo</label><textarea id="bio" data-autosave="off" data-preview-url="/it/preview/"
 data-preview-label="Anteprima" data-preview-title="Come si vedrà"></textarea>
</form>{% endblock %}"""

received: list[dict] = []
answers: list[dict] = []
kept = {"idea": ""}


@login_not_required
def page(request):
    compiled = Loader(engines["django"].engine).cotton_compiler.process(PAGE)
    return HttpResponse(engines["django"].from_string(compiled).render({"idea": kept["idea"]}, request))


@login_not_required
def save(request):
    received.append(json.loads(request.body))
    answer = (
        answers.pop(0) if answers else {"saved_at_text": "Tutto salvato alle 22:47", "revisions": {"idea": 4}}
    )
    return JsonResponse(answer, status=answer.get("status", 200))


@login_not_required
def preview(request):
    return HttpResponse(f"<p>{len(request.POST['text'])} segni</p>")


urlpatterns = [
    *i18n_patterns(path("page/", page), path("save/", save), path("preview/", preview)),
    *installed.urlpatterns,
]
