"""Where uploaded files are kept: on this machine's disk, or in an S3 bucket when one is named. See ADR 0003."""

import importlib
import importlib.util
from typing import Any

import environ

from vivaio.config.failures import CannotStart

DISK = "vivaio.kit.files.disk.DiskStorage"
S3 = "vivaio.kit.files.bucket.BucketStorage"


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
            # A service that is away is said so before whoever waits gives up, and holds no thread for minutes.
            "client_config": importlib.import_module("botocore.config").Config(
                s3={"addressing_style": env("VIVAIO_S3_ADDRESSING", default=None)},
                connect_timeout=env.int("VIVAIO_S3_CONNECT_SECONDS", default=3),
                read_timeout=env.int("VIVAIO_S3_ANSWER_SECONDS", default=20),
                retries={"mode": "standard", "total_max_attempts": 2},
            ),
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
