"""What a programme publishes."""

from vivaio.publishing.models.items import Document, Item, Photo
from vivaio.publishing.models.news import News
from vivaio.publishing.models.videos import Captions, Video

__all__ = ["Captions", "Document", "Item", "News", "Photo", "Video"]
