"""Which addresses we call: public ones, over TLS. What leads inside this network is refused, now and each time."""

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address


class Unreachable(Exception):
    """An address that we do not call; says why."""


@dataclass(frozen=True)
class Target:
    """Where to connect, and under which name."""

    host: str
    port: int
    address: str
    path: str


def target_of(url: str) -> Target:
    """Look the name up and choose an address. Raises `Unreachable`: nothing is called that is not public."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or 443
    except ValueError as wrong:
        raise Unreachable(_("This is not an address.")) from wrong
    if parts.scheme != "https":
        raise Unreachable(_("The address begins with https://, so that nobody reads along."))
    if parts.username or parts.password or not host:
        raise Unreachable(_("The address has a name and a path, and no user or password."))
    found = looked_up(host, port)
    if not all(is_open(one) for one in found):
        raise Unreachable(_("This name leads inside a private network: only public addresses are called."))
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Target(host, port, str(found[0]), path)


def looked_up(host: str, port: int) -> list[Address]:
    """Every address behind a name."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as wrong:
        raise Unreachable(_("Nobody knows this name.")) from wrong
    return [ip_address(str(row[4][0]).partition("%")[0]) for row in rows]


def is_open(address: Address) -> bool:
    """Whether it is public, also by what is wrapped in it, or one of the networks that the operator allowed."""
    inner: list[Address] = [address]
    if isinstance(address, IPv6Address):
        teredo = address.teredo[1] if address.teredo else None
        inner += [one for one in (address.ipv4_mapped, address.sixtofour, teredo) if one]
    allowed = [ip_network(one) for one in settings.WEBHOOK_NETWORKS]
    return any(address in network for network in allowed) or all(
        one.is_global and not one.is_multicast and not one.is_reserved for one in inner
    )
