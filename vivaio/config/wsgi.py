"""WSGI entry point."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from vivaio.config.frames import with_room
from vivaio.config.keeper import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vivaio.config.settings")
end_with_parent(signal.SIGTERM)  # granian's processes would outlive a granian that was killed
application = with_room(get_wsgi_application())
