"""Applications and their calls under row locks: whoever writes takes the call first, then the application."""

from uuid import UUID

from vivaio.applications.models import Application, IntegrationRequest
from vivaio.calls.models import Call
from vivaio.kit.statements import Statement

EVERYTHING_ABOUT = ("call__programme", "track", "organisation", "person", "response__version__form")
_TO_WRITE = Statement(
    lambda pk: Application.objects.select_for_update(of=("self",)).select_related("call").filter(pk=pk)
)
_UNDER = Statement(
    lambda pk, call: (
        Application.objects.select_for_update(of=("self",))
        .select_related("track", "organisation", "person")
        .filter(pk=pk, call=call)
    )
)
_LOCKED_CALL = Statement(
    lambda pk: (
        Call.objects.select_for_update(of=("self",), no_key=True).select_related("programme").filter(pk=pk)
    )
)


def locked(pk: UUID | str) -> Application:
    """The application under its row lock."""
    return Application.objects.select_for_update(of=("self",)).select_related(*EVERYTHING_ABOUT).get(pk=pk)


def locked_to_write(pk: UUID | str) -> Application:
    """The application under its row lock, with its call; its answers are locked by themselves."""
    found: Application = _TO_WRITE.one(pk=UUID(str(pk)))
    return found


def locked_under(call: Call, pk: UUID | str) -> Application:
    """The application under its row lock, where that of its call is held; its answers are locked by themselves."""
    application: Application = _UNDER.one(pk=UUID(str(pk)), call=call)
    application.call = call
    return application


def locked_call(pk: UUID | str) -> Call:
    """The call under its row lock: its deadline cannot move and no number can be given meanwhile."""
    found: Call = _LOCKED_CALL.one(pk=UUID(str(pk)))
    return found


def locked_request(pk: UUID | str) -> IntegrationRequest:
    """A request for integration under its row lock. Lock its application first."""
    return (
        IntegrationRequest.objects.select_for_update(of=("self",))
        .select_related(*(f"application__{name}" for name in EVERYTHING_ABOUT))
        .get(pk=pk)
    )
