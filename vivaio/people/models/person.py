"""An account is a person with an e-mail address."""

import unicodedata
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.people import ages
from vivaio.people.states import Country


def sort_key(family_name: str, given_name: str) -> str:
    """A key that sorts names alike on every database: no accents, no case, no collation needed."""
    plain = unicodedata.normalize("NFKD", f"{family_name} {given_name}".casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))[:200]


class People(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields):
        """A person with this address; an unusable password if none is given."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str):
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, Row):
    """Somebody who can sign in. Roles are held per programme, never here."""

    email = models.EmailField(_("e-mail"), unique=True)
    given_name = models.CharField(_("first name"), max_length=80, blank=True)
    family_name = models.CharField(_("last name"), max_length=80, blank=True)
    sort_name = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="it")
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices, blank=True)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(_("installation administrator"), default=False)

    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = People()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_ignores_case")]

    def __str__(self) -> str:
        if self.erased_at is not None:
            return str(_("Erased person"))
        return self.full_name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.family_name, self.given_name)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def age(self) -> int | None:
        """How old they are today, if they have said so."""
        return None if self.born_on is None else ages.age_on(self.born_on, clock.today())

    @property
    def is_minor(self) -> bool:
        """Whether they are known to be under 18 today: a guardian signs for them."""
        return self.age is not None and self.age < ages.MAJORITY

    @property
    def consents_alone(self) -> bool:
        """Whether they have the age from which their country lets them consent alone to the use of their data."""
        return self.age is None or self.age >= ages.consent_age(self.country)

    def get_short_name(self) -> str:
        return self.given_name or self.email
