"""Every word that a person may read is translated, in every room, and no two rooms say one thing differently."""

from tools import messages


def test_every_string_is_translated(capsys):
    missing = messages.main(["--check"])
    assert missing == 0, capsys.readouterr().err
