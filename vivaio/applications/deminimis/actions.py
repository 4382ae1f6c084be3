"""Declaring, signing, copying linked undertakings; recording what the national register says."""

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vivaio.applications import eligibility
from vivaio.applications import queries as applications
from vivaio.applications import rules as application_rules
from vivaio.applications.deminimis import queries, rules, telling
from vivaio.applications.deminimis.content import AID, LINKED, Content, kept, nothing_received
from vivaio.applications.models import AidDeclaration, AidVerification, Application
from vivaio.journal import actions as journal
from vivaio.kit import clock, files
from vivaio.kit.rules import Refused, require
from vivaio.methods.canonical import canonical
from vivaio.people.models import Person

UNSIGNED = {"signed_at": None, "signed_by": None, "signed_words": "", "digest": "", "total": None}


@transaction.atomic
def write(application: Application, content: Content, *, by: Person, seen: int) -> AidDeclaration:
    """Keep what was typed, right or wrong. What differs from what was signed takes the signature away.

    Raises `Refused` where one may not write, or a colleague wrote since `seen`. Not journalled: it is a draft.
    """
    application = applications.locked(application.pk)
    require(rules.write, application, by)
    declaration = queries.locked_declaration(application)
    require(rules.not_overwritten, declaration, seen)
    values = {
        "activity": content.activity,
        "single": content.single,
        "received": content.received,
        "linked": kept(content.linked, LINKED),
        "aids": kept(content.aids, AID),
    }
    if all(getattr(declaration, name) == value for name, value in values.items()):
        return declaration
    for name, value in {**values, **UNSIGNED}.items():
        setattr(declaration, name, value)
    declaration.revision += 1
    declaration.save()
    return declaration


@transaction.atomic
def sign(
    application: Application, *, by: Person, seen: int, represents: bool, words: str = ""
) -> AidDeclaration:
    """The legal representative makes the declaration theirs, in the very words that were on the page.

    Raises `Refused` where something is missing, or `words` (what was read) is not what stands there now.
    """
    application = applications.locked(application.pk)
    require(rules.write, application, by)
    declaration = queries.locked_declaration(application)
    require(rules.sign, application, declaration, seen, represents)
    content, found = Content.of(declaration), queries.found_for(application)
    text = telling.text_to_sign(application, content, found, by)
    if words and " ".join(words.split()) != " ".join(text.split()):
        raise Refused(_("The declaration has changed since you read it: read it again, then sign."))
    declaration.signed_at, declaration.signed_by, declaration.signed_words = clock.now(), by, text
    declaration.total = max((one.standing.total for one in found), default=Decimal(0))
    declaration.digest = hashlib.sha256(
        canonical({"words": text, "linked": content.linked, "aids": content.aids})
    ).hexdigest()
    declaration.save()
    journal.record("application.aid_declared", application, by=by, fields=["aid_declaration"])
    return declaration


@transaction.atomic
def declare_nothing(application: Application, *, by: Person) -> AidDeclaration:
    """Declare and sign that an undertaking stands alone and has received nothing: for who is invented."""
    stands = write(application, nothing_received(), by=by, seen=0)
    return sign(application, by=by, seen=stands.revision, represents=True)


@transaction.atomic
def copy_linked(application: Application, *, by: Person) -> int:
    """Take over the undertakings written in the applicant's latest other declaration; the aid is declared anew.

    Answers with how many came. Raises `Refused` where nothing can be copied.
    """
    application = applications.locked(application.pk)
    require(rules.write, application, by)
    source = queries.sources(application, by).first()
    declaration = queries.locked_declaration(application)
    here = {(row["name"], row["tax_code"]) for row in declaration.linked}
    keys = {row["key"] for row in declaration.linked}
    fresh = [row for row in source.linked if (row["name"], row["tax_code"]) not in here] if source else []
    if not fresh:
        raise Refused(_("There is nothing to copy: these undertakings are written here already."))
    for row in fresh:
        keys.add(key := next_key(keys))
        declaration.linked.append({**row, "key": key})
    for name, value in UNSIGNED.items():
        setattr(declaration, name, value)
    declaration.linked = kept(declaration.linked, LINKED)
    declaration.revision += 1
    declaration.save()
    journal.record("application.aid_linked_copied", application, by=by, fields=["aid_declaration"])
    return len(fresh)


def next_key(taken: Any) -> str:
    """A key that no row has yet."""
    number = 1
    while f"l{number}" in taken:
        number += 1
    return f"l{number}"


@transaction.atomic
def verify(
    application: Application,
    *,
    checked_on: dt.date,
    total: Decimal,
    code: str = "",
    note: str = "",
    file: files.Checked | None = None,
    by: Person,
) -> AidVerification:
    """Record a visura of the register; while nothing is decided the point is computed again with its total."""
    application = applications.locked(application.pk)
    require(rules.verify, application, by)
    if checked_on > queries.today_of(application):
        raise Refused(_("The day of the visura lies ahead: write the day on which it was issued."))
    made = AidVerification.objects.create(
        application=application, checked_on=checked_on, total=total, code=code, note=note, checked_by=by,
        **(file.fields() if file else {}),
    )  # fmt: skip
    if application_rules.open_points(application) is None:
        eligibility.check(application)
    journal.record("application.aid_verified", application, by=by, fields=["aid_verifications"])
    return made


def forget(application: Application) -> None:
    """What was declared and found goes with the answers. Part of an action."""
    AidDeclaration.objects.filter(application=application).delete()
    for one in application.aid_verifications.exclude(file=""):
        files.delete_later(one.file)
    application.aid_verifications.all().delete()
