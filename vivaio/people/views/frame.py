"""What the pages of people share."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from vivaio.people.models import Organisation


def where_next(request: HttpRequest, otherwise: str) -> str:
    """The page that sent the person here, if it is one of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else otherwise


def organisation_url(organisation: Organisation) -> str:
    """The organisation's page."""
    return reverse("people:organisation", args=[organisation.pk])
