"""Settings for the tests: the product's own, with cheap passwords, letters in memory, a data folder apart."""

import os

from vivaio.config import database

if not os.environ.get("VIVAIO_TEST_RUN"):  # xdist's workers inherit the environment
    os.environ["VIVAIO_DATA"] = str(database.data_dir() / "test")
    os.environ["VIVAIO_TEST_RUN"] = "1"

from vivaio.config.settings import *  # noqa: F403

DEBUG = False
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Counts are each test's own; the cache that processes share has its own tests.
CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # noqa: F405
ALLOWED_HOSTS = ["*"]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405  (nothing is collected here)
STAFF_SECOND_STEP = False  # the second step is asked for in its own tests
PAGE_SECONDS = 0  # a test that is about kept pages says so
API_PER_MINUTE = API_PER_MINUTE_ANONYMOUS = 100_000  # a test that is about limits says so
ENCODER = "none"  # a test that is about meaning says which
