"""Style sheets, scripts and fonts, collected where the web server serves them from."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from vivaio.config.failures import CannotStart

STYLE_SHEET = "kit/build/vivaio.css"
# What packages bring and no page asks for: it would only make the first start longer.
UNUSED = ["*.eot", "*.ttf", "*.woff", "*latin*.svg", "*.map", "htm*x-4*", "ext", "CVS", ".*", "*~"]


def built() -> bool:
    """Whether the style sheet has been compiled from its sources."""
    return (settings.BASE_DIR / "vivaio/kit/static" / STYLE_SHEET).is_file()


def collected() -> bool:
    """Whether what is served is what the sources say."""
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    return stamp.is_file() and stamp.read_text() == _fingerprint()


def collect() -> None:
    """Collect the files if one of them has changed. Raises `CannotStart` if the front end was never built."""
    if not built():
        raise CannotStart("The style sheet is not built: run `make setup`.")
    if not collected():
        print("Collecting style sheets, scripts and fonts ...", flush=True)
        call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=UNUSED)
        (Path(settings.STATIC_ROOT) / ".collected").write_text(_fingerprint())


def _fingerprint() -> str:
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(UNUSED), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
