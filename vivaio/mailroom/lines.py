"""Lines of plain text: broken for mail programs, whole again for a page that breaks them itself."""

WIDTH = 75


def rejoined(text: str) -> str:
    """The text as it was before its lines were filled up to `WIDTH`.

    A line was broken where the next word no longer fitted: such a pair is one line. Lines that ended before that
    are those that somebody wrote so.
    """
    whole: list[str] = []
    last = ""
    for line in text.split("\n"):
        word, _space, _rest = line.strip().partition(" ")
        if last.strip() and word and len(last) + 1 + len(word) > WIDTH:
            whole[-1] += f" {line.strip()}"
        else:
            whole.append(line)
        last = line
    return "\n".join(whole)
