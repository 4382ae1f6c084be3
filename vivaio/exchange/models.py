"""Entries of a programme's directory, and introductions to them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.exchange.states import EntryState, IntroductionState
from vivaio.kit.models import Row
from vivaio.people.models import Organisation
from vivaio.people.states import Sector
from vivaio.programmes.models import Programme


class Entry(Row):
    """An organisation, or a person who chose it, in a programme's directory. No address is ever part of it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="entries")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="entries"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="entries"
    )
    state = models.CharField(max_length=12, choices=EntryState.choices, default=EntryState.LISTED)
    name = models.CharField(_("name"), max_length=200)
    offers = models.TextField(_("what they offer"), max_length=800, blank=True)
    looks_for = models.TextField(_("what they look for"), max_length=800, blank=True)
    sectors = ArrayField(
        models.CharField(max_length=40, choices=Sector.choices),
        verbose_name=_("sectors"),
        default=list,
        blank=True,
    )
    territory = models.CharField(_("territory"), max_length=200, blank=True)
    website = models.URLField(_("web site"), blank=True)

    class Meta:
        verbose_name = _("entry of the directory")
        verbose_name_plural = _("entries of the directory")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) ^ models.Q(person__isnull=False),
                name="entry_is_of_one",
            ),
            models.UniqueConstraint(fields=["programme", "organisation"], name="entry_once_an_organisation"),
            models.UniqueConstraint(fields=["programme", "person"], name="entry_once_a_person"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("exchange:entry", args=[self.pk])

    @property
    def sector_names(self) -> str:
        """The sectors in words."""
        names = dict(Sector.choices)
        return ", ".join(str(names.get(code, code)) for code in self.sectors)


class Introduction(Row):
    """Somebody asks to be introduced to an entry. Addresses are told to both once it is accepted, never before."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="introductions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="introductions_asked")
    message = models.TextField(_("message"), max_length=1500)
    state = models.CharField(
        max_length=12, choices=IntroductionState.choices, default=IntroductionState.ASKED
    )
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "asked_by"],
                condition=models.Q(state="asked"),
                name="introduction_asked_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} → {self.entry}"

    def get_absolute_url(self) -> str:
        return reverse("exchange:introduction", args=[self.pk])

    @property
    def programme_id(self):
        return self.entry.programme_id
