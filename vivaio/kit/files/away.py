"""A service for files that does not answer."""

# The packages that speak to it are loaded only where a bucket is named (ADR 0003), so their errors are known by where
# they come from. What a bucket has lost is Python's own FileNotFoundError by the time it gets here.
CLIENTS = ("boto3", "botocore", "s3transfer")


def is_away(failure: BaseException | None) -> bool:
    """Whether something failed because the service that keeps the files did not answer, or not as it should."""
    return any(kind.__module__.partition(".")[0] in CLIENTS for kind in type(failure).__mro__)
