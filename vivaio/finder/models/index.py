"""What can be found: a row for each language in which a thing is written, and its passages."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from pgvector.django import HalfVectorField, HnswIndex

from vivaio.finder.encoding.encoders import DIMENSIONS
from vivaio.kit.models import Row
from vivaio.programmes.models import Programme


class Written(Row):
    """A thing that can be found, in one of the languages in which it is written.

    `kind` and `subject` name the thing, `address` with `arguments` and `anchor` the page that shows it. `audience`
    says who may find it (`finder.audiences`), `digest` what was written when it was last read. `words` are the stems
    of its own language, `plain` the title and the texts word by word, to be compared with other languages.
    """

    kind = models.CharField(max_length=40)
    subject = models.UUIDField()
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    language = models.CharField(max_length=2)
    title = models.TextField()
    context = models.TextField(blank=True)
    address = models.CharField(max_length=100)
    arguments = models.JSONField(default=list)
    anchor = models.CharField(max_length=80, blank=True)
    audience = ArrayField(models.TextField())
    digest = models.CharField(max_length=64)
    words = SearchVectorField()
    plain = SearchVectorField(null=True)

    class Meta:
        ordering = ["kind", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "kind", "programme", "language"],
                nulls_distinct=False,
                name="written_once_a_language",
            )
        ]
        indexes = [
            GinIndex(fields=["words"], name="written_words"),
            GinIndex(fields=["plain"], name="written_plain"),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="written_alike"),
            models.Index(fields=["kind", "id"], name="written_kind"),
        ]

    def __str__(self) -> str:
        return self.title


class Passage(models.Model):
    """A stretch of a text, short enough for one vector. What the vector query filters by stands beside the vector."""

    id = models.BigAutoField(primary_key=True)
    written = models.ForeignKey(Written, models.CASCADE, related_name="passages")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=40)
    programme_id = models.UUIDField(null=True)
    audience = ArrayField(models.TextField())
    vector = HalfVectorField(dimensions=DIMENSIONS, null=True)
    # Which encoder made the vector: another one's vectors cannot be compared with it.
    encoder = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["written", "position"]
        constraints = [models.UniqueConstraint(fields=["written", "position"], name="passage_once")]
        indexes = [
            HnswIndex(
                fields=["vector"],
                opclasses=["halfvec_ip_ops"],
                m=16,
                ef_construction=96,
                name="passage_meaning",
            ),
            GinIndex(fields=["audience"], name="passage_audience"),
            models.Index(fields=["encoder", "id"], name="passage_encoder"),
        ]

    def __str__(self) -> str:
        return self.text
