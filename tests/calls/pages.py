"""Pages of a call, opened by whoever is signed in, in either language."""

from django.test import Client
from django.urls import reverse
from django.utils.translation import override


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def at(call, name, language="it", **more):
    with override(language):
        return reverse(f"calls:{name}", kwargs={"programme": call.programme.slug, "slug": call.slug, **more})
