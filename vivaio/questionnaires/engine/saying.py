"""Yes and no, and what is always so, as the cells of a form say it."""

YES = {"yes", "true", "true()", "1", "x"}
NO = {"", "no", "false", "false()", "0"}


def condition(written: str) -> str:
    """A yes-or-no column as an expression: empty for no, `true()` for yes, or the expression itself."""
    text = written.strip()
    if text.lower() in NO:
        return ""
    return "true()" if text.lower() in YES else text


def always(written: str) -> str:
    """An expression that is always true says nothing."""
    text = written.strip()
    if text.lower() in ("yes", "true", "true()"):
        return ""
    return "false()" if text.lower() in ("no", "false") else text
