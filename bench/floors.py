"""The production application with two floors beside it, on the same server: what Django itself costs here.

`/floor/one/` is a view with one query and a small template, `/floor/fifty/` draws 50 rows of one query in a plain
table. They stand behind the middleware of a new Django project, not behind Vivaio's. Served by `bench/programme.py`.
"""

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.urls import path  # noqa: E402

from vivaio.applications.models import Application  # noqa: E402
from vivaio.config.frames import with_room  # noqa: E402

NEW_PROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ONE = engines["django"].from_string(
    "<!doctype html><html lang=it><title>{{ title }}</title><h1>{{ title }}</h1><p>{{ text }}</p></html>"
)
FIFTY = engines["django"].from_string(
    "<!doctype html><html lang=it><title>Righe</title><table>{% for row in rows %}<tr><td>{{ row.number }}</td>"
    "<td>{{ row.title }}</td><td>{{ row.state }}</td><td>{{ row.submitted_at|date:'d/m/Y H:i' }}</td>"
    "<td>{{ row.organisation.name }}</td></tr>{% endfor %}</table></html>"
)


def one(request):
    """One query, a small template."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, description FROM programmes_programme LIMIT 1")
        title, text = cursor.fetchone()
    return HttpResponse(ONE.render({"title": title, "text": text}))


def fifty(request):
    """Fifty rows of one query, a plain table."""
    rows = Application.objects.select_related("organisation").order_by("number")[:50]
    return HttpResponse(FIFTY.render({"rows": rows}))


urlpatterns = [path("floor/one/", one), path("floor/fifty/", fifty)]


class FloorRequest(WSGIRequest):
    """Its addresses are the two above."""

    urlconf = __name__


with override_settings(MIDDLEWARE=NEW_PROJECT):
    floors = WSGIHandler()
floors.request_class = FloorRequest
house = WSGIHandler()


@with_room
def application(environ, start_response):
    """The floors by their path, everything else as in production."""
    if environ["PATH_INFO"].startswith("/floor/"):
        return floors(environ, start_response)
    return house(environ, start_response)


assert not settings.DEBUG
