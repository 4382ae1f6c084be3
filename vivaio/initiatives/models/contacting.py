"""Contacts that an initiative makes: who, for what, where it stands, what came of it."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vivaio.initiatives.models.initiative import Initiative
from vivaio.initiatives.states import ContactKind, ContactOrigin, ContactState
from vivaio.kit import clock
from vivaio.kit.models import Row
from vivaio.kit.money import CurrencyField, MoneyField
from vivaio.people.models import Organisation


class Contact(Row):
    """Somebody who may invest, buy, partner, work along.

    `who` names the organisation or person; `spoken_with` and `reach` are a person's data, read by the team and by
    those who accompany it alone, and forgotten in time. `source` is what opened it, once for each.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=14, choices=ContactKind.choices)
    who = models.CharField(_("organisation or person"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    spoken_with = models.CharField(_("whom you speak with"), max_length=160, blank=True)
    reach = models.CharField(_("e-mail or telephone"), max_length=200, blank=True)
    origin = models.CharField(
        _("how it came"), max_length=12, choices=ContactOrigin.choices, default=ContactOrigin.OWN
    )
    source = models.CharField(max_length=120, blank=True, editable=False)
    begun_on = models.DateField(_("first contact"), default=clock.today)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_due_on = models.DateField(_("by"), null=True, blank=True)
    notes = models.TextField(_("notes"), max_length=4000, blank=True)
    state = models.CharField(max_length=10, choices=ContactState.choices, default=ContactState.OPEN)
    outcome = models.TextField(_("what came of it"), max_length=2000, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True)
    currency = CurrencyField()
    ended_on = models.DateField(null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-begun_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "source"], condition=~models.Q(source=""), name="contact_once_a_source"
            ),
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gte=0), name="contact_amount_not_owed"
            ),
        ]
        indexes = [models.Index(fields=["state", "next_due_on"], name="contact_next")]

    def __str__(self) -> str:
        return self.who

    def get_absolute_url(self) -> str:
        return reverse("initiatives:contact", args=[self.pk])

    @property
    def programme_id(self):
        return self.initiative.programme_id

    @property
    def is_late(self) -> bool:
        """Whether the day of its next step has passed."""
        return self.next_due_on is not None and self.next_due_on < clock.today()


class ContactStep(Row):
    """Something that happened with a contact: words, or a state that it came to."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="steps")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    led_to = models.CharField(max_length=10, choices=ContactState.choices, blank=True)
    text = models.TextField(_("what happened"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("step with a contact")
        verbose_name_plural = _("steps with a contact")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.contact}: {self.get_led_to_display()}"
