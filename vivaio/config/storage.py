"""Where uploaded files are kept: on this machine's disk, or in an S3 bucket when one is named. See ADR 0003."""

import importlib.util
from typing import Any

import environ

from vivaio.config.failures import CannotStart

DISK = "vivaio.kit.files.disk.DiskStorage"
S3 = "storages.backends.s3.S3Storage"


def settings_for(env: environ.Env) -> dict[str, Any]:
    """Django's settings for the storage of files.

    The bucket is private and files leave through our pages alone, which ask for permission: no public addresses,
    no access lists. Keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or from the machine's own role.
    Raises `CannotStart` when a bucket is named and the package that reaches it is missing.
    """
    bucket = env("VIVAIO_S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": DISK}
    if importlib.util.find_spec("storages") is None or importlib.util.find_spec("boto3") is None:
        raise CannotStart(
            "VIVAIO_S3_BUCKET is set, but the package for S3 is missing: "
            "run `.venv/bin/pip install -r requirements/s3.txt`, or unset it to keep files on disk."
        )
    return {
        "BACKEND": S3,
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env("VIVAIO_S3_ENDPOINT", default=None),
            "region_name": env("VIVAIO_S3_REGION", default=None),
            "location": env("VIVAIO_S3_FOLDER", default=""),
            "addressing_style": env("VIVAIO_S3_ADDRESSING", default=None),
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
