"""One delivery: signed, sent to the address that was looked at, no redirect followed."""

import base64
import hashlib
import hmac
import ssl
from dataclasses import dataclass

import certifi
import urllib3
from django.conf import settings

from vivaio.api.models import Delivery, Webhook
from vivaio.api.webhooks import reach
from vivaio.kit import clock

CONNECT_SECONDS, READ_SECONDS, MOST_BYTES = 5, 10, 300


@dataclass(frozen=True)
class Answer:
    """What came back: a status, or words why there is none."""

    status: int | None
    words: str

    @property
    def fine(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def secret_of(webhook: Webhook) -> str:
    """The secret that signs, made anew from the installation's key: no copy of the database tells it."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"vivaio.webhook:{webhook.pk}".encode(), hashlib.sha256)
    return "whsec_" + base64.urlsafe_b64encode(key.digest()).decode().rstrip("=")


def signature(secret: str, at: int, body: str) -> str:
    """What the header says: the instant, and HMAC-SHA256 over instant, full stop and body."""
    told = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    return f"t={at},v1={told}"


def send(delivery: Delivery) -> Answer:
    """Send it once; whatever goes wrong becomes words."""
    webhook, at = delivery.webhook, int(clock.now().timestamp())
    try:
        target = reach.target_of(webhook.url)
    except reach.Unreachable as wrong:
        return Answer(None, str(wrong))
    headers = {
        "Host": target.host if target.port == 443 else f"{target.host}:{target.port}",
        "Content-Type": "application/json",
        "User-Agent": "Vivaio-Webhook/1",
        "Vivaio-Delivery": str(delivery.pk),
        "Vivaio-Event": delivery.verb,
        "Vivaio-Signature": signature(secret_of(webhook), at, delivery.body),
    }
    try:
        return _post(target, headers, delivery.body)
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as wrong:
        return Answer(None, f"{type(wrong).__name__}: {wrong}"[:MOST_BYTES])


def _post(target: reach.Target, headers: dict[str, str], body: str) -> Answer:
    trusted = ssl.create_default_context()
    trusted.load_verify_locations(certifi.where())
    pool = urllib3.HTTPSConnectionPool(
        target.address,
        target.port,
        ssl_context=trusted,
        server_hostname=target.host,
        assert_hostname=target.host,
        timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        retries=False,
    )
    with pool:
        answer = pool.urlopen(
            "POST", target.path, body=body.encode(), headers=headers, redirect=False, preload_content=False
        )
        words = answer.read(MOST_BYTES, decode_content=False).decode("utf-8", "replace").replace("\0", "")
        answer.close()
        return Answer(answer.status, " ".join(words.split()))
