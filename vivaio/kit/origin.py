"""Where a request comes from, told without keeping the address."""

import hashlib
import hmac

from django.conf import settings
from django.http import HttpRequest


def source_of(request: HttpRequest) -> str:
    """A digest of the caller's address that nobody can turn back without the key; empty where there is none."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:  # the proxy before us writes whom it answers at the end of this line
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rpartition(",")[2].strip() or address
    if not address:
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
