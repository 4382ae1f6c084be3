"""The tool that carries every room's words."""

import io

import pytest
from babel.messages.mofile import read_mo
from django.utils.translation import gettext

from tools import messages


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A small house with one room and kit."""
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    for room in ("kit", "calls", "config"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("")
    (tmp_path / "config/settings.py").write_text('_("Settled")')
    (tmp_path / "calls/rules.py").write_text(
        '_("This call has closed.")\nngettext_lazy("%(n)s place", "%(n)s places", "n")\n'
        'pgettext("verb", "Close")\n_("Open" "ed")\n'
        'from django.utils.translation import gettext as _now\n_now("Today")\n'
        "f\"{x} · {_('Inside')}\" if y else f\"{_now('Deeper') % {1: 2}}\"\n"
    )
    pages = tmp_path / "calls/templates/cotton"
    pages.mkdir(parents=True)
    (pages / "page.html").write_text(
        "{% translate 'Read “it”' %} {{ x|default:_('Nothing yet') }} <c-tag :word=\"_('Selected')\" />\n"
        '<c-head title="{% translate "The call" %}" />'
        "{% blocktranslate trimmed count n=places %}\n  One place,\n  50%\n"
        "{% plural %}\n  {{ n }} places\n{% endblocktranslate %}"
    )
    (tmp_path / "calls/documents").mkdir()
    (tmp_path / "calls/documents/call.typ").write_text('#t("Full call")')
    return tmp_path


def words(house, room="calls"):
    return {m.id for m in messages.known(room, "it") if m.id}


def test_every_kind_of_string_is_found(house):
    assert messages.main([]) == 0
    assert words(house) == {
        "This call has closed.",
        ("%(n)s place", "%(n)s places"),
        "Close",
        "Opened",
        "Today",
        "Inside",
        "Deeper",
        "Read “it”",
        "Nothing yet",
        "Selected",
        "The call",
        ("One place, 50%%", "%(n)s places"),
        "Full call",
    }
    assert words(house, "kit") == {"Settled"}


def test_translations_stay_and_what_is_gone_goes(house, capsys):
    messages.main([])
    path = messages.po_path("calls", "it")
    path.write_text(path.read_text().replace('msgid "Close"\nmsgstr ""', 'msgid "Close"\nmsgstr "Chiudi"'))
    (house / "calls/documents/call.typ").write_text("")
    messages.main([])
    assert messages.known("calls", "it").get("Close", "verb").string == "Chiudi"
    assert "Full call" not in words(house)
    text = path.read_text()
    messages.main([])
    assert path.read_text() == text
    assert "calls/" not in text
    assert "Date" not in text
    capsys.readouterr()
    assert messages.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert "calls: not translated: 'Opened'" in said
    assert "Close" not in said


def test_check_names_a_placeholder_that_was_lost_and_two_rooms_that_disagree(house, capsys):
    (house / "kit/rules.py").write_text('_("Selected")')
    messages.main([])
    for room, word in (("kit", "Scelta"), ("calls", "Selezionata")):
        path = messages.po_path(room, "it")
        text = path.read_text().replace('msgid "Selected"\nmsgstr ""', f'msgid "Selected"\nmsgstr "{word}"')
        text = text.replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "posto"\nmsgstr[1] "%(m)s posti"')
        path.write_text(text)
    capsys.readouterr()
    assert messages.main(["--check"]) == 1
    said = capsys.readouterr().err
    assert "placeholder" in said
    assert "translated otherwise in calls" in said


def test_a_catalogue_with_a_conflict_in_it_is_read_from_both_sides(house):
    messages.main([])
    path = messages.po_path("calls", "it")
    text = path.read_text().replace(
        'msgid "Full call"\nmsgstr ""\n',
        'msgid "Full call"\n<<<<<<< HEAD\nmsgstr ""\n=======\nmsgstr "Bando completo"\n>>>>>>> mine\n',
    )
    text = text.replace(
        'msgid "Opened"\nmsgstr ""\n',
        '<<<<<<< HEAD\nmsgid "Opened"\nmsgstr "Aperto"\n=======\nmsgid "Gone"\nmsgstr "Via"\n>>>>>>> mine\n',
    )
    path.write_text(text)
    messages.main([])
    have = messages.known("calls", "it")
    assert (have.get("Full call").string, have.get("Opened").string) == ("Bando completo", "Aperto")
    assert "<<<" not in path.read_text()
    compiled = read_mo(io.BytesIO(path.with_suffix(".mo").read_bytes()))
    assert compiled.get("Full call").string == "Bando completo"


def test_a_string_known_in_another_room_takes_its_translation(house):
    messages.main([])
    path = messages.po_path("calls", "it")
    path.write_text(path.read_text().replace('msgid "Opened"\nmsgstr ""', 'msgid "Opened"\nmsgstr "Aperto"'))
    (house / "kit/rules.py").write_text('_("Opened")')
    messages.main([])
    assert messages.known("kit", "it").get("Opened").string == "Aperto"


def test_django_still_speaks_for_itself():
    assert gettext("January") in {"gennaio", "Gennaio"}
