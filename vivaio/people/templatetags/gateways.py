"""The gateways of identity, for the sign-in page."""

from django import template

from vivaio.people import gateways

register = template.Library()
register.simple_tag(gateways.offered, name="gateways")
