"""What can go wrong around a command, said in one line."""


class CannotStart(Exception):
    """A command cannot do its work; the message is one line that says why and what to do."""
