"""News, documents, photos and videos for tests: on line since yesterday."""

import datetime as dt
import io

import factory
from django.core.files.base import ContentFile
from PIL import Image

from tests.factories.programmes import ProgrammeFactory
from vivaio.kit import clock
from vivaio.publishing.models import Captions, Document, News, Photo, Video
from vivaio.publishing.states import ItemState, NewsState

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
MP4 = (
    b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41"
    b"\x00\x00\x00\x10moov\x00\x00\x00\x08mvhd"
    b"\x00\x00\x00\x18mdat" + bytes(range(16))
)
VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\nBuongiorno a tutte e a tutti.\n"


def jpeg(size=(60, 40), exif=None):
    """A picture as a camera would write it."""
    target = io.BytesIO()
    Image.new("RGB", size, "green").save(target, "JPEG", **({"exif": exif} if exif else {}))
    return target.getvalue()


def yesterday():
    return clock.now() - dt.timedelta(days=1)


class NewsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = News

    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"notizia-{n}")
    title = factory.Sequence(lambda n: f"Notizia {n}")
    summary = "Una frase."
    body = "Un testo."
    state = NewsState.PUBLISHED
    published_at = factory.LazyFunction(yesterday)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Documento {n}")
    dated = dt.date(2020, 9, 1)
    file = factory.LazyFunction(lambda: ContentFile(PDF, name="d.pdf"))
    name = "regolamento.pdf"
    size = len(PDF)
    content_type = "application/pdf"
    state = ItemState.PUBLISHED
    published_at = factory.LazyFunction(yesterday)


class PhotoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Photo

    programme = factory.SubFactory(ProgrammeFactory)
    alt = factory.Sequence(lambda n: f"Un orto, la fila numero {n}")
    large = factory.LazyFunction(lambda: ContentFile(jpeg(), name="l.jpg"))
    small = factory.LazyFunction(lambda: ContentFile(jpeg(), name="s.jpg"))
    width = 60
    height = 40
    state = ItemState.PUBLISHED
    published_at = factory.LazyFunction(yesterday)


class VideoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Video
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Video {n}")
    file = factory.LazyFunction(lambda: ContentFile(MP4, name="v.mp4"))
    poster = factory.LazyFunction(lambda: ContentFile(jpeg(), name="p.jpg"))
    name = "incontro.mp4"
    size = len(MP4)
    content_type = "video/mp4"
    state = ItemState.PUBLISHED
    published_at = factory.LazyFunction(yesterday)

    @factory.post_generation
    def captioned(self, create, value, **more):
        if value is not False:
            Captions.objects.create(video=self, language="it", text=VTT)
