"""What a real mail server answers, over a real connection, becomes the right state."""

import socketserver
import threading

import pytest
from django.db import connections

from vivaio.mailroom import jobs
from vivaio.mailroom.letters import Recipient
from vivaio.mailroom.models import OutgoingLetter
from vivaio.mailroom.states import State

pytestmark = pytest.mark.django_db


class Conversation(socketserver.StreamRequestHandler):
    """Speaks just enough SMTP; `server.answers` replaces the answer to a command, None hangs up."""

    def handle(self):
        self.say("220 mail.example.org")
        while line := self.rfile.readline().decode().strip():
            command = line.upper().split(" ")[0].split(":")[0]
            if command == "DATA" and "DATA" not in self.server.answers:
                self.say("354 go ahead")
                text = b""
                while not text.endswith(b"\r\n.\r\n"):
                    text += self.rfile.readline()
                self.server.taken.append(text.decode())
                command = "."
            answer = self.server.answers.get(command, "250 ok")
            if answer is None:
                return
            self.say(answer)
            if command == "QUIT":
                return

    def say(self, answer):
        self.wfile.write(f"{answer}\r\n".encode())


@pytest.fixture
def server(settings):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as listening:
        listening.daemon_threads = True
        listening.answers, listening.taken = {}, []
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_TIMEOUT = 5
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield listening
        listening.shutdown()
        thread.join()


@pytest.fixture
def letter(receipt, subject):
    subject.readers = [Recipient("anna@example.org", "Anna Rossì, presidente", "it")]
    return receipt.enqueue(subject)[0]


def sent(letter):
    jobs.send(letter=str(letter.pk))
    letter.refresh_from_db()
    return letter.state


def test_taken_with_its_message_id_and_a_name_beyond_ascii(server, letter):
    assert sent(letter) == State.SENT
    (text,) = server.taken
    assert f"Message-ID: {letter.message_id}" in text
    assert "Auto-Submitted: auto-generated" in text
    assert "<anna@example.org>" in text
    assert "multipart/alternative" in text


@pytest.mark.parametrize(
    ("command", "answer", "state", "words"),
    [
        ("RCPT", "550 5.1.1 No such user", State.FAILED, "550 5.1.1 No such user"),
        ("RCPT", "450 4.2.1 Mailbox busy", State.QUEUED, "450 4.2.1 Mailbox busy"),
        ("DATA", "554 5.7.1 Not wanted", State.FAILED, "554 5.7.1 Not wanted"),
        (".", "451 4.7.1 Come back later", State.QUEUED, "451 4.7.1 Come back later"),
        (".", "552 5.3.4 Too big", State.FAILED, "552 5.3.4 Too big"),
    ],
)
def test_an_answer_is_kept_in_the_words_of_the_server(server, letter, command, answer, state, words):
    server.answers[command] = answer
    assert sent(letter) == state
    assert letter.error == words


def test_hanging_up_after_the_letter_was_handed_over_is_for_a_person(server, letter):
    server.answers["."] = None
    assert sent(letter) == State.TO_VERIFY
    assert len(server.taken) == 1
    assert sent(letter) == State.TO_VERIFY
    assert len(server.taken) == 1


def test_a_server_that_breaks_after_taking_the_letter_changes_nothing(server, letter):
    server.answers["QUIT"] = None
    assert sent(letter) == State.SENT


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_letter_send_it_once(server, letter):
    gate = threading.Barrier(2)

    def work():
        gate.wait(10)
        jobs.send(letter=str(letter.pk))
        connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert OutgoingLetter.objects.get().state == State.SENT
    assert len(server.taken) == 1
