"""Granian and gunicorn side by side on one Django page: throughput, latency, and processor time a request.

    python bench/webserver.py [seconds]

The page renders a template of 50 rows, without a database. Ten people keep their connections open, three more
send a request slowly. Processor time a request is the figure to trust on a machine that does other work too.
"""

import contextlib
import http.client
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

PORT = 18999
PEOPLE, SLOW = 10, 3

if "DJANGO_SETTINGS_MODULE" not in os.environ and __name__ == "webserver":
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.template import engines
    from django.urls import path

    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="webserver",
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    )
    page = "{% for row in rows %}<tr><td>{{ row }}</td><td>{{ row|stringformat:'05d' }}</td></tr>{% endfor %}"

    def hello(request):
        return HttpResponse(engines["django"].from_string(page).render({"rows": range(50)}))

    urlpatterns = [path("", hello)]
    application = get_wsgi_application()

SERVERS = {
    "granian, 2 processes, 4 threads": (
        *("granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws"),
        *("--port", str(PORT), "--log-level", "error", "webserver:application"),
    ),
    "gunicorn, 2 processes, 4 threads": (
        *("gunicorn", "--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--bind", f"127.0.0.1:{PORT}", "--log-level", "error", "webserver:application"),
    ),
}


def visit(until: float, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    while time.monotonic() < until:
        begun = time.monotonic()
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
        assert response.status == 200
        times.append(time.monotonic() - begun)
    connection.close()


def dawdle(until: float) -> None:
    """One byte every tenth of a second."""
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT)) as connection:
            for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n":
                connection.send(bytes([byte]))
                time.sleep(0.1)
                if time.monotonic() > until:
                    break


def measure(name: str, command: tuple[str, ...], seconds: float) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name(command[0])), *command[1:]],
        cwd=Path(__file__).parent,
        start_new_session=True,
    )
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", PORT)):
            break
        time.sleep(0.05)
    time.sleep(1)
    until, times = time.monotonic() + seconds, []
    threads = [threading.Thread(target=visit, args=(until, times)) for _ in range(PEOPLE)]
    threads += [threading.Thread(target=dawdle, args=(until,)) for _ in range(SLOW)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    begun = time.monotonic()
    server.send_signal(signal.SIGTERM)
    server.wait(30)
    ended = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    times.sort()
    print(
        f"{name}: {len(times) / seconds:.0f} requests/s, median {statistics.median(times) * 1000:.1f} ms, "
        f"99th {times[int(len(times) * 0.99)] * 1000:.1f} ms, "
        f"processor {used / len(times) * 1000:.2f} ms a request (start included), "
        f"largest process {after.ru_maxrss // 1024} MB, stopped in {ended:.1f} s"
    )


if __name__ == "__main__":
    for each, command in SERVERS.items():
        measure(each, command, float(sys.argv[1]) if len(sys.argv) > 1 else 6)
