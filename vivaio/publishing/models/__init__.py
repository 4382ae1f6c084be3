"""What a programme publishes, and what the installation declares about accessibility."""

from vivaio.publishing.models.accessibility import (
    AccessibilityEntry,
    AccessibilityKey,
    AccessibilityReport,
    AccessibilityStatement,
)
from vivaio.publishing.models.items import Document, Item, Photo
from vivaio.publishing.models.news import News
from vivaio.publishing.models.practices import Practice, PracticeIntroduction, PracticeMark
from vivaio.publishing.models.results import Results
from vivaio.publishing.models.videos import Captions, Video

__all__ = [
    "AccessibilityEntry",
    "AccessibilityKey",
    "AccessibilityReport",
    "AccessibilityStatement",
    "Captions",
    "Document",
    "Item",
    "News",
    "Photo",
    "Practice",
    "PracticeIntroduction",
    "PracticeMark",
    "Results",
    "Video",
]
