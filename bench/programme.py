"""A programme of 2,000 applications, 100 jurors and 10,000 reviews, and what its pages cost beside two floors.

    python bench/programme.py [--small] [--rounds N] [--only WORD]

The production server with two workers of four threads; the floors (`bench/floors.py`) are asked in turn with each
page, so that what else the machine does meets both. Ratios of processor time are the figures to trust on a shared
machine. VIVAIO_BENCH_DATA names a folder in which the programme is kept for the next run; with `--only` nothing is
asked but the pages whose names hold the word, and what must be done before them.
"""

import argparse
import contextlib
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from installation import installed

# isort: split
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests.factories.applications import open_call
from tests.factories.jury import JurorFactory, PanelFactory, judging_call
from tests.factories.programmes import ProgrammeFactory, holder
from tests.factories.questionnaires import FULL, FormFactory, FormVersionFactory
from vivaio.applications import answers
from vivaio.applications.models import Application, Extract
from vivaio.applications.states import ApplicationState
from vivaio.calls.models import Call
from vivaio.config import assets
from vivaio.journal import actions as journal
from vivaio.jury.actions import assignment, places, ranking, scoring
from vivaio.jury.models import Assignment, Ranking, Score
from vivaio.jury.states import AssignmentState
from vivaio.kit import clock
from vivaio.kit.sessions import SessionStore
from vivaio.people.models import BoardMember, Membership, Organisation, Person
from vivaio.people.sessions import SEEN, SET_UP_HERE
from vivaio.questionnaires import queries as questionnaires
from vivaio.questionnaires.models import Response

PORT = int(os.environ.get("PORT", "18999"))
TOKEN = "a" * 32
PEOPLE, EACH, FLOOR = 4, int(os.environ.get("EACH", "12")), 40
LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
LOCATION = re.compile(rb"(?i)\r\nlocation: *([^\r]*)")
QUICK = 10  # times as often for pages that anybody reads, of half a thousandth of a second each


@dataclass
class Built:
    """The programme, or what of it was kept from an earlier run."""

    call: Call
    open: Call
    manager: Person
    juror: Person
    drafts: list[Application]


def many(call: Call, count: int, *, drafts: bool = False) -> list[Application]:
    """So many applications of as many organisations, each with a person, a board and answers."""
    start = Person.objects.count()
    people = Person.objects.bulk_create(
        Person(email=f"chi{start + n}@example.org", given_name="Anna", family_name=f"Tavecchia {n}")
        for n in range(count)
    )
    now = clock.now()
    bodies = Organisation.objects.bulk_create(
        Organisation(
            name=f"Cooperativa {start + n}", kind="cooperative", municipality="Milano", province="MI", country="IT",
            board_declared_at=now,
        )
        for n in range(count)
    )  # fmt: skip
    Membership.objects.bulk_create(
        Membership(organisation=body, person=person, part="administrator")
        for body, person in zip(bodies, people, strict=True)
    )
    BoardMember.objects.bulk_create(
        BoardMember(organisation=body, given_name="Piero", family_name=f"Galli {n}", part="president")
        for n, body in enumerate(bodies)
    )
    responses = Response.objects.bulk_create(
        Response(version=call.form, answers=FULL | {"title": f"Progetto {n}"}) for n in range(count)
    )
    frozen, track = answers.freeze(responses[0]), call.tracks.get()
    rows = [
        Application(
            call=call, track=track, organisation=body, created_by=person, response=response, title=f"Progetto {n}"
        )
        for n, (body, person, response) in enumerate(zip(bodies, people, responses, strict=True))
    ]  # fmt: skip
    if not drafts:
        for n, row in enumerate(rows, 1):
            row.number, row.state, row.submitted_by = n, ApplicationState.ADMITTED, row.created_by
            row.submitted_at = row.decided_at = call.closes_at
            row.frozen, row.digest = frozen, f"{n:064d}"
    made = Application.objects.bulk_create(rows)
    if not drafts:
        lay_out(made)
    return made


def lay_out(rows: list[Application]) -> None:
    """What the staff's list searches, as the actions write it."""
    compared, texts = questionnaires.extracted(rows[0].response.questionnaire, FULL)
    Extract.objects.bulk_create(
        Extract(application=row, answers=compared, texts=texts | {"title": row.title}, digest=row.digest)
        for row in rows
    )


def build(applications: int, jurors: int, each: int) -> None:
    """Write the programme: everything stands as after the scoring, before it is closed."""
    random.seed(20)
    programme = ProgrammeFactory(title="Miracolo a Milano", slug="misura")
    form = FormVersionFactory(form=FormFactory(programme=programme))
    call = judging_call(programme=programme, form=form, reviews_each=each, slug="giudicato")
    track = call.tracks.get()
    track.places = applications // 10
    track.save()
    panel = PanelFactory(call=call)
    panel.objective = "total"
    seated = [JurorFactory(panel=panel, capacity=applications * each // jurors * 2) for _ in range(jurors)]
    rows = many(call, applications)
    now, criteria = clock.now(), list(call.criteria.all())
    pairs = [
        Assignment(
            juror=seated[(n + step * (1 + n // jurors)) % jurors],
            application=row,
            state=AssignmentState.DONE,
            scored_at=now,
            completed_at=now,
        )
        for n, row in enumerate(rows)
        for step in range(each)
    ]
    pairs = list({(pair.juror_id, pair.application_id): pair for pair in pairs}.values())
    Assignment.objects.bulk_create(pairs)
    quality = {row.pk: random.gauss(3.3, 0.8) for row in rows}
    Score.objects.bulk_create(
        (
            Score(
                assignment=pair,
                criterion=criterion,
                value=min(5, max(1, round(quality[pair.application_id] + random.gauss(0, 0.6)))),
            )
            for pair in pairs
            for criterion in criteria
        ),
        batch_size=5000,
    )
    holder(programme, "manager", email="dirige@example.org")
    opened = open_call(programme=programme, form=form, slug="aperto")
    many(opened, 40 if applications < 2000 else 400, drafts=True)
    with transaction.atomic():
        journal.record(
            "calls.published", call
        )  # what actions made has records, and a page looks for the newest
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def found() -> Built:
    call, opened = Call.objects.get(slug="giudicato"), Call.objects.get(slug="aperto")
    drafts = Application.objects.filter(call=opened, state=ApplicationState.DRAFT).select_related(
        "created_by"
    )
    return Built(
        call,
        opened,
        Person.objects.get(email="dirige@example.org"),
        call.panel.jurors.order_by("created_at").first().person,
        list(drafts.order_by("pk")),
    )


def cookie(person: Person | None) -> str:
    """The session of somebody who is signed in, second step and all."""
    if person is None:
        return ""
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[SET_UP_HERE], store[SEEN] = True, int(time.time())
    store.create()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


class Browser:
    """A connection that stays open, as a browser's does.

    It reads an answer's status, length and `Location` and no more. Python's own client makes a message of every
    answer, which took as much of the machine's two processors as the page that was measured.
    """

    def __init__(self, session: str):
        said = ["Host: localhost", "Accept-Language: it"]
        if session:
            said += [f"Cookie: {session}; csrftoken={TOKEN}", f"X-CSRFToken: {TOKEN}"]
        self.said, self.link = "\r\n".join(said), None

    def ask(self, url: str, given: dict | str | None = None) -> tuple[int, bytes, str]:
        try:
            if self.link is None:
                self.link = socket.create_connection(("127.0.0.1", PORT), timeout=60)
                self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.link.sendall(self.written(url, given))
            return self.read()
        except OSError:
            if self.link is not None:
                self.link.close()
            self.link = None
            return 599, b"", ""

    def written(self, url: str, given: dict | str | None) -> bytes:
        if given is None:
            return f"GET {url} HTTP/1.1\r\n{self.said}\r\n\r\n".encode()
        body = (given if isinstance(given, str) else urlencode(given)).encode()
        kind = "application/json" if isinstance(given, str) else "application/x-www-form-urlencoded"
        head = f"POST {url} HTTP/1.1\r\n{self.said}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    def read(self) -> tuple[int, bytes, str]:
        found = b""
        while (end := found.find(b"\r\n\r\n")) < 0:
            found += self.more()
        head, body = found[:end], [found[end + 4 :]]
        length, missing = LENGTH.search(head), 0
        if length is None:
            raise OSError("an answer without its length")
        missing = int(length[1]) - len(body[0])
        while missing > 0:
            body.append(self.more())
            missing -= len(body[-1])
        to = LOCATION.search(head)
        return int(head[9:12]), b"".join(body), to[1].decode() if to else ""

    def more(self) -> bytes:
        if not (found := self.link.recv(1 << 18)):
            raise OSError("the server ended the connection")
        return found


@dataclass
class Measured:
    times: list[float] = field(default_factory=list)
    errors: int = 0
    cpu: float = 0.0
    wall: float = 0.0

    def add(self, other: "Measured") -> None:
        self.times += other.times
        self.errors += other.errors
        self.cpu += other.cpu
        self.wall += other.wall

    @property
    def cpu_ms(self) -> float:
        return self.cpu / max(1, len(self.times)) * 1000

    @property
    def rate(self) -> float:
        return len(self.times) / self.wall if self.wall else 0

    def at(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


class Server:
    """The production server: two processes of four threads, as `vivaio run` starts it."""

    def __init__(self) -> None:
        start = f"from vivaio.config import web; web.serve('127.0.0.1', {PORT}, 2, 'floors:application')"
        self.process = subprocess.Popen(
            [sys.executable, "-c", start],
            cwd=Path(__file__).parent,
            env=os.environ
            | {"PYTHONPATH": str(Path(__file__).resolve().parents[1]), "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
        )
        for _ in range(300):
            if (status := Browser("").ask("/floor/one/")[0]) == 200:
                return
            if status not in (599, 503):
                break
            time.sleep(0.2)
        self.end()
        raise SystemExit("the server does not start")

    def workers(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in listed.split()]

    def cpu(self) -> float:
        ticks = 0
        for number in self.workers():
            parts = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
            ticks += int(parts[11]) + int(parts[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self) -> str:
        """Megabytes of the largest worker: what it alone holds, with its share of what is held together, and in all."""
        own, share, whole = 0.0, 0.0, 0.0
        for number in self.workers():
            rolled = Path(f"/proc/{number}/smaps_rollup").read_text()
            held = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in rolled.splitlines()[1:]}
            own = max(own, held["Private_Clean"] + held["Private_Dirty"])
            share = max(share, held["Pss"])
            said = Path(f"/proc/{number}/status").read_text()
            whole = max(whole, int(said.split("VmHWM:")[1].split()[0]) / 1024)
        return f"{own:.0f} its own, {share:.0f} with its share of what is held together, {whole:.0f} at its peak in all"

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def load(server: Server, act: Callable[[Browser], bool], session: str, count: int = EACH) -> Measured:
    """`count` acts by each of a few people at once."""
    measured, lock = Measured(), threading.Lock()

    def visit() -> None:
        browser, times, errors = Browser(session), [], 0
        for _ in range(count):
            begun = time.monotonic()
            errors += not act(browser)
            times.append(time.monotonic() - begun)
        with lock:
            measured.times += times
            measured.errors += errors

    threads = [threading.Thread(target=visit) for _ in range(PEOPLE)]
    cpu, begun = server.cpu(), time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured.wall, measured.cpu = time.monotonic() - begun, server.cpu() - cpu
    return measured


def getting(url: str) -> Callable[[Browser], bool]:
    return lambda browser: browser.ask(url)[0] == 200


def queries_of(url: str, person: Person | None) -> int:
    """How many queries the page costs the second time it is asked for."""
    client = Client(headers={"host": "localhost"})
    if person is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie(person).partition("=")[2]
    with override_settings(ALLOWED_HOSTS=["*"]):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            status = client.get(url).status_code
    assert status == 200, (url, status)
    return len(queries)


def row(name: str, floor: str, page: Measured, beside: Measured, queries: int | str) -> str:
    return (
        f"| {name} | {floor} | {beside.cpu_ms / page.cpu_ms:.2f} | {page.rate / beside.rate:.2f} | {page.cpu_ms:.1f} | "
        f"{page.rate:.0f} | {page.at(0.5):.0f} | {page.at(0.95):.0f} | {page.at(0.99):.0f} | {queries} | "
        f"{page.errors} |"
    )


HEAD = (
    "| page | floor | floor / page, processor | page / floor, rate | processor, ms | requests/s | p50 | p95 | p99 | "
    "queries | errors |\n| --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |"
)


def pages(server: Server, wanted: dict[str, tuple[str, Person | None, str]], rounds: int) -> None:
    """Each page and its floor in turn."""
    print(HEAD, flush=True)
    for name, (url, person, floor) in wanted.items():
        session, page, beside = cookie(person), Measured(), Measured()
        often = 1 if person else QUICK  # the system counts hundredths of a second
        load(server, getting(url), session, 3)  # both processes have drawn it once
        for _ in range(rounds):
            beside.add(load(server, getting(f"/floor/{floor}/"), "", FLOOR * often))
            page.add(load(server, getting(url), session, EACH * often))
        print(row(name, floor, page, beside, queries_of(url, person)), flush=True)


def submission(draft: Application) -> Callable[[Browser], bool]:
    """From the form to the receipt, as a person walks: two steps, what is typed saved, the review, handing in."""
    base = f"/it/applications/{draft.pk}/"

    def act(browser: Browser) -> bool:
        change = json.dumps({"changes": [{"path": "idea", "value": "Riaprire quattro portinerie."}]})
        statuses = [
            browser.ask(f"{base}step/1/")[0],
            browser.ask(f"{base}step/1/", {"title": "Portinerie", "sector": "housing", "go": "next"})[0],
            browser.ask(f"{base}step/2/")[0],
            browser.ask(f"{base}save/?step=2", change)[0],
            browser.ask(f"{base}review/")[0],
        ]
        status, _body, to = browser.ask(f"{base}review/", {"declared": "on", "noticed": "on"})
        receipt = browser.ask(to)[0] if status == 302 else 599
        return all(code in (200, 302) for code in statuses) and receipt == 200 and to.startswith(base[:-1])

    return act


def one_after_another(server: Server, drafts: list[Application]) -> None:
    measured = Measured()
    cpu, begun = server.cpu(), time.monotonic()
    for draft in drafts:
        at = time.monotonic()
        measured.errors += not submission(draft)(Browser(cookie(draft.created_by)))
        measured.times.append(time.monotonic() - at)
    measured.cpu, measured.wall = server.cpu() - cpu, time.monotonic() - begun
    print(f"a whole submission: {measured.cpu_ms:.0f} ms of processor, {measured.errors} errors", flush=True)


def rush(server: Server, drafts: list[Application], seconds: float) -> None:
    """So many applicants, who come at random instants of so many seconds; each asks seven times."""
    sessions = [cookie(draft.created_by) for draft in drafts]
    times, errors, lock = [], [0], threading.Lock()
    random.seed(3)

    def hand_in(draft: Application, session: str, wait: float) -> None:
        time.sleep(wait)
        browser, mine = Browser(session), []
        ask = browser.ask

        def timed(*given):
            begun = time.monotonic()
            answer = ask(*given)
            mine.append(time.monotonic() - begun)
            return answer

        browser.ask = timed
        wrong = not submission(draft)(browser)
        with lock:
            times.extend(mine)
            errors[0] += wrong

    threads = [
        threading.Thread(target=hand_in, args=(draft, session, random.uniform(0, seconds)))
        for draft, session in zip(drafts, sessions, strict=True)
    ]
    cpu = server.cpu()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = Measured(times, errors[0])
    print(
        f"{len(drafts)} applicants within {seconds:.0f} s: {errors[0]} errors, {len(times)} requests, "
        f"p50 {told.at(0.5):.0f} ms, p95 {told.at(0.95):.0f} ms, p99 {told.at(0.99):.0f} ms, "
        f"{(server.cpu() - cpu) / len(drafts) * 1000:.0f} ms of processor each",
        flush=True,
    )


@contextlib.contextmanager
def timed(what: str) -> Iterator[None]:
    cpu, wall = time.process_time(), time.monotonic()
    yield
    print(
        f"{what}: {time.process_time() - cpu:.2f} s of processor, {time.monotonic() - wall:.2f} s", flush=True
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="")
    parser.add_argument("--pages", action="store_true", help="nothing that changes the programme")
    chosen = parser.parse_args()
    with installed(), translation.override("it"):
        assets.collect()
        if not Call.objects.filter(slug="giudicato").exists():
            with timed("built"):
                build(*((200, 20, 5) if chosen.small else (2000, 100, 5)))
        measure(found(), chosen)


def measure(built: Built, chosen: argparse.Namespace) -> None:
    call, manager = built.call, built.manager
    of_call = [call.programme.slug, call.slug]
    sheet = Assignment.objects.filter(juror__person=built.juror, juror__panel__call=call).first()
    draft = built.drafts[-1]
    wanted = {
        "call page": (reverse("calls:call", args=[call.programme.slug, built.open.slug]), None, "one"),
        "list of applications": (reverse("applications:received", args=of_call), manager, "fifty"),
        "assignment board": (reverse("jury:assignment", args=of_call), manager, "fifty"),
        "progress of the jury": (reverse("jury:progress", args=of_call), manager, "fifty"),
        "a juror's queue": (reverse("jury:desk", args=[call.panel.pk]), built.juror, "fifty"),
        "score sheet": (reverse("jury:sheet", args=[call.panel.pk, sheet.pk]), built.juror, "one"),
        "form page": (reverse("applications:step", args=[draft.pk, 1]), draft.created_by, "one"),
    }
    if not Ranked(call) and not chosen.pages and not chosen.only:
        with transaction.atomic():
            Assignment.objects.filter(juror__panel=call.panel).delete()
            with timed("assignment of all, from the database to the plan"):
                assignment.plan(call.panel, by=manager)
            transaction.set_rollback(True)
    server = Server()
    try:
        pages(server, {name: what for name, what in wanted.items() if chosen.only in name}, chosen.rounds)
        if not chosen.pages and not chosen.only:
            autosave(server, draft, chosen.rounds)
            one_after_another(server, built.drafts[:20])
            rush(server, built.drafts[20:220] if len(built.drafts) > 220 else built.drafts[20:-1], 60)
        print(f"memory of a worker, MB: {server.memory()}", flush=True)
        after_the_verdict(server, built, chosen)
        print(f"memory of a worker, MB: {server.memory()}", flush=True)
    finally:
        server.end()


def Ranked(call: Call) -> bool:  # noqa: N802
    return call.rankings.exists()


def autosave(server: Server, draft: Application, rounds: int) -> None:
    url, session = f"/it/applications/{draft.pk}/save/?step=2", cookie(draft.created_by)
    page, beside = Measured(), Measured()

    def type_on(browser: Browser) -> bool:
        change = {"path": "idea", "value": f"Riaprire {random.randrange(1000)} portinerie."}
        return browser.ask(url, json.dumps({"changes": [change]}))[0] == 200

    for _ in range(rounds):
        beside.add(load(server, getting("/floor/one/"), "", FLOOR))
        page.add(load(server, type_on, session))
    print(row("autosave", "one", page, beside, ""), flush=True)


def after_the_verdict(server: Server, built: Built, chosen: argparse.Namespace) -> None:
    call, manager = built.call, built.manager
    of_call = [call.programme.slug, call.slug]
    if not Ranked(call):
        if chosen.pages:
            return
        with timed("closing the scoring"):
            scoring.close(call.panel, reason="Tutti hanno finito.", by=manager)
        with timed("ranking with intervals, from the scores to its rows"):
            ranking.compute(Call.objects.get(pk=call.pk), by=manager)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the database does of itself, within a minute
    wanted = {"ranking with intervals": (reverse("jury:ranking", args=of_call), manager, "fifty")}
    pages(server, {name: what for name, what in wanted.items() if chosen.only in name}, chosen.rounds)
    if chosen.only in "published ranking" and (
        not call.rankings.filter(published_at=None).exists() or publish(call, manager)
    ):
        wanted = {"published ranking": (reverse("jury:public_ranking", args=of_call), None, "one")}
        pages(server, {name: what for name, what in wanted.items() if chosen.only in name}, chosen.rounds)


def break_ties(found_ranking: Ranking, manager: Person) -> None:
    """Among made scores some are equal across the last place: a person puts them in order."""
    equals: dict[int, list[UUID]] = defaultdict(list)
    for entry in found_ranking.entries.filter(tied=True).order_by("order"):
        equals[entry.position].append(entry.pk)
    across = set(found_ranking.entries.filter(undecided=True).values_list("position", flat=True))
    for position in across:
        ranking.order_tied(found_ranking, equals[position], "In ordine di arrivo.", by=manager)


def publish(call: Call, manager: Person) -> bool:
    for found_ranking in call.rankings.all():
        break_ties(found_ranking, manager)
        for entry in found_ranking.entries.filter(outcome="").select_related("application"):
            ranking.decide(entry, ranking.proposal(found_ranking, entry), "", by=manager)
        with timed("adopting the verdict"):
            ranking.adopt(found_ranking, by=manager)
    with timed("publishing"):
        places.publish(call, by=manager)
    return True


if __name__ == "__main__":
    main()
