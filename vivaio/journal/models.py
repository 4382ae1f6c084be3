"""The records, and the batches that seal them. The database refuses to change or delete any of them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Value

from vivaio.kit import clock


class Record(models.Model):
    """One action. `actor` is null when the machine acted; identifiers are plain, with no foreign key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.BigIntegerField(
        unique=True, editable=False, db_default=Func(Value("journal_record_number_seq"), function="nextval")
    )
    at = models.DateTimeField(default=clock.now, editable=False)
    actor = models.UUIDField(null=True, editable=False)
    on_behalf_of = models.UUIDField(null=True, editable=False)
    verb = models.CharField(max_length=80, editable=False)
    subject_type = models.CharField(max_length=80, editable=False)
    subject_id = models.UUIDField(editable=False)
    programme = models.UUIDField(null=True, editable=False)
    fields = ArrayField(models.CharField(max_length=100), default=list, blank=True, editable=False)

    class Meta:
        ordering = ("-number",)
        indexes = [
            models.Index(fields=["programme", "-number"], name="record_programme"),
            models.Index(fields=["subject_type", "subject_id", "-number"], name="record_subject"),
            models.Index(fields=["actor", "-number"], name="record_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject_type} {self.subject_id}"


class Waiting(models.Model):
    """A record that no batch has sealed yet; the database adds the row beside the record.

    A queue, not a horizon of transaction numbers: a record that commits late is sealed late, never
    skipped, and a dump restored on another server (where transactions are counted anew) loses nothing.
    """

    record = models.OneToOneField(
        Record, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.pk)


class Batch(models.Model):
    """Records sealed together: the root of their Merkle tree, chained to the batch before."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField(editable=False)
    first = models.BigIntegerField(editable=False)
    size = models.BigIntegerField(editable=False)
    root = models.BinaryField(editable=False)
    previous = models.BinaryField(editable=False)
    head = models.BinaryField(editable=False)

    class Meta:
        ordering = ("-number",)
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.number} {bytes(self.head).hex()}"


class Leaf(models.Model):
    """The place of a record in the sealed order, and its hash as it was when sealed."""

    position = models.BigIntegerField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.DO_NOTHING, related_name="leaves", db_constraint=False)
    # Nullable only so that a join keeps the leaf of a record that was dropped.
    record = models.OneToOneField(
        Record, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="leaf"
    )
    hash = models.BinaryField(editable=False)

    class Meta:
        verbose_name_plural = "leaves"

    def __str__(self) -> str:
        return f"{self.position} {bytes(self.hash).hex()}"


class Check(models.Model):
    """A verification that the machine carried out by itself, and the first thing it found wrong (if any)."""

    at = models.DateTimeField(default=clock.now, editable=False)
    records = models.BigIntegerField()
    batches = models.BigIntegerField()
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return self.problem or f"{self.records} records, nothing altered"
