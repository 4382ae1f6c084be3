"""The pure part of the editor: moving questions, picking logic, limits, comparing versions."""

from dataclasses import replace

import pytest

from tests.factories.questionnaires import SIMPLE, words
from vivaio.questionnaires.editor import comparing, limits, picks, renaming, texts, tree
from vivaio.questionnaires.editor.picks import Pick, Picks
from vivaio.questionnaires.engine.definition import Choice, Definition, Question

RICH = Definition(
    title=words("Prova", "Trial"),
    languages=("it", "en"),
    lists={
        "sectors": (Choice("housing", words("Abitare", "Housing")), Choice("other", words("Altro", "Other")))
    },
    questions=(
        Question(
            "one",
            "group",
            label=words("Uno"),
            children=(
                Question("sector", "select_one", label=words("Settore", "Sector"), choices="sectors"),
                Question("many", "select_multiple", label=words("Molti"), choices="sectors"),
                Question("age", "integer", label=words("Età")),
            ),
        ),
        Question(
            "two",
            "group",
            label=words("Due"),
            children=(
                Question("start", "date", label=words("Inizio")),
                Question(
                    "rows",
                    "repeat",
                    label=words("Righe"),
                    children=(Question("item", "text", label=words("Voce")),),
                ),
                Question("what", "text", label=words("Quale?"), relevant="${sector} = 'other'"),
            ),
        ),
    ),
)


def order(definition):
    return [question.name for question, _above in definition.walk()]


def test_a_question_walks_through_the_form_one_place_at_a_time():
    found, seen = RICH, []
    for _step in range(5):
        found = tree.step(found, "age", 1)
        seen.append((tree.holder_of(found, "age").name, order(found)))
    holders = [holder for holder, _order in seen]
    assert holders == ["two", "two", "rows", "rows", "two"], (
        "into the next step, then in and out of the table"
    )
    for _step in range(5):
        found = tree.step(found, "age", -1)
    assert order(found) == order(RICH)


def test_a_step_jumps_over_a_step_and_the_ends_hold():
    assert order(tree.step(RICH, "two", -1))[0] == "two"
    assert tree.step(RICH, "one", -1) == RICH
    assert tree.step(RICH, "sector", -1) == RICH


def test_what_cannot_stand_in_a_table_says_why_and_passes_over_it_with_the_buttons():
    def table(name):
        inside = (Question(f"{name}_item", "text", label=words("Voce")),)
        return Question(name, "repeat", label=words(name), children=inside)

    deep = tree.put(tree.put(RICH, table("inner"), "after:item"), table("third"), "after:start")
    with pytest.raises(tree.Misplaced):
        tree.moved(deep, "third", "after:inner_item")
    assert tree.place_of(tree.step(deep, "third", 1), "third") == "after:rows"


def test_a_group_never_moves_into_itself():
    assert tree.moved(RICH, "two", "after:start") == RICH


def test_a_copy_has_names_of_its_own_and_speaks_of_its_own():
    inside = tree.with_question(RICH, "what", replace(RICH.by_name["what"], hint={"it": "Dal ${start}"}))
    found, twin = tree.doubled(inside, "two")
    copied = found.by_name[twin].children
    assert [each.name for each in copied] == ["start_2", "rows_2", "what_2"]
    assert copied[2].hint == {"it": "Dal ${start_2}"}
    assert copied[2].relevant == "${sector} = 'other'"


def test_a_new_name_is_spoken_of_everywhere():
    found = tree.with_question(RICH, "sector", replace(RICH.by_name["sector"], name="field"))
    assert found.by_name["what"].relevant == "${field} = 'other'"


@pytest.mark.parametrize(
    ("expression", "picked"),
    [
        ("${sector} = 'other'", Picks("and", (Pick("sector", "=", "other"),))),
        ("selected(${sector}, 'other')", Picks("and", (Pick("sector", "=", "other"),))),
        ("not(selected(${many}, \"housing\"))", Picks("and", (Pick("many", "has not", "housing"),))),
        ("${age} >= 18 and (${what} != '' and 65 > ${age})",
         Picks("and", (Pick("age", ">=", "18"), Pick("what", "given"), Pick("age", "<", "65")))),
        ("${start} < today() or ${start} > date('2026-09-15')",
         Picks("or", (Pick("start", "< today"), Pick("start", ">", "2026-09-15")))),
        ("count(${rows}) >= 2", Picks("and", (Pick("rows", "rows >=", "2"),))),
    ],
)  # fmt: skip
def test_an_expression_is_read_as_picks_and_written_again(expression, picked):
    assert picks.read(RICH, expression) == picked
    assert picks.read(RICH, picks.write(RICH, picked)) == picked


@pytest.mark.parametrize(
    "expression",
    [
        "${age} + 1 > 18",
        "${age} > 1 and ${age} < 3 or ${what} = ''",
        "${sector} = 'gone'",
        "${nobody} = 1",
        "true()",
    ],
)
def test_what_picks_cannot_say_stays_an_expression(expression):
    assert picks.read(RICH, expression) is None


def test_a_condition_is_told_in_the_readers_words():
    assert picks.said(RICH, "${sector} = 'other'", "it") == "«Settore» è «Altro»"
    assert (
        picks.said(RICH, "${start} > date('2026-09-15')", "it") == "«Inizio» viene dopo il 15 settembre 2026"
    )
    assert picks.said(RICH, "${age} + 1 > 18", "it") == "${age} + 1 > 18"


@pytest.mark.parametrize("value", ["dodici", "", "1e9", "'; drop"])
def test_a_value_that_is_no_number_is_told(value):
    with pytest.raises(picks.Unsaid):
        picks.write(RICH, Picks("and", (Pick("age", ">", value),)))


@pytest.mark.parametrize(
    ("kind", "constraint", "values"),
    [
        ("number", ". >= 1 and . <= 10", {"at_least": "1", "at_most": "10"}),
        ("text", "string-length(.) <= 200", {"most": "200"}),
        ("text", "regex(., '[0-9]{11}')", {"pattern": "vat"}),
        ("text", "is-partita-iva(.)", {"pattern": "is-partita-iva"}),
        ("text", "is-codice-fiscale(.)", {"pattern": "is-codice-fiscale"}),
        ("text", "string-length(.) <= 40 and is-iban(.)", {"most": "40", "pattern": "is-iban"}),
        ("day", ". > today()", {"moment": "future"}),
        ("choices", "count-selected(.) <= 3", {"most": "3"}),
        ("number", "", {}),
    ],
)
def test_common_limits_are_read_and_written_alike(kind, constraint, values):
    assert limits.read(RICH, kind, constraint) == values
    assert limits.write(kind, values) == constraint


@pytest.mark.parametrize(
    "constraint",
    [". >= ${age}", ". = 3 or . = 5", "regex(., 'x+')", "string-length(.) < 3", "is-iban(${what})"],
)
def test_other_limits_stay_expressions(constraint):
    assert limits.read(RICH, "text", constraint) is None


def test_missing_words_are_counted_by_language():
    assert texts.counted(RICH) == {"it": 0, "en": 0}
    without = texts.written(RICH, "en", {"q:sector:label": "", "c:sectors:other": ""})
    assert texts.counted(without) == {"it": 0, "en": 2}
    assert texts.missing_of(without, without.by_name["sector"]) == ["en"]


def test_comparing_tells_what_came_went_changed_and_moved():
    new = tree.without(RICH, "what")
    new = tree.put(new, Question("why", "text", label=words("Perché?")), "after:age")
    new = tree.moved(new, "sector", "after:age")
    new = tree.with_question(
        new, "start", replace(new.by_name["start"], label={"it": "Il giorno d’inizio", "en": "Inizio"})
    )
    new = replace(new, lists={"sectors": (*new.lists["sectors"], Choice("sport", words("Sport")))})
    found = comparing.compared(RICH, new)
    assert {entry.name or entry.label: entry.kinds for entry in found.entries} == {
        "sector": ("moved",), "why": ("added",), "start": ("changed",), "what": ("removed",), "sectors": ("changed",),
    }  # fmt: skip
    words_of_start = next(entry for entry in found.entries if entry.name == "start").details[0]
    assert words_of_start.before == ((True, "Inizio"),)
    assert words_of_start.after == ((True, "Il giorno d’inizio"),)
    assert comparing.compared(RICH, RICH).same


def test_a_scale_and_a_height_are_compared_in_words():
    def asking(scale, rows):
        urgency = Question("urgency", "range", label=words("Urgenza"), parameters=scale)
        need = Question("need", "text", label=words("Bisogno"), parameters={"rows": rows} if rows else {})
        return replace(RICH, questions=(*RICH.questions, urgency, need))

    found = comparing.compared(asking({}, ""), asking({"start": "0", "step": "2"}, "8"))
    assert [(each.what, each.before[0][1], each.after[0][1]) for entry in found.entries for each in entry.details] == [
        ("Scala", "da 1 a 10, a passi di 1", "da 0 a 10, a passi di 2"),
        ("Altezza del campo, in righe", "", "8"),
    ]  # fmt: skip


def renamed(definition, name, now, **more):
    return tree.with_question(definition, name, replace(definition.by_name[name], name=now, **more))


def kinds_of(found):
    return {entry.name: entry.kinds for entry in found.entries}


def test_another_name_is_told_as_a_renaming_and_who_speaks_of_it_is_as_before():
    found = comparing.compared(RICH, renamed(RICH, "sector", "field"))
    assert kinds_of(found) == {"field": ("renamed",)}
    (entry,) = found.entries
    assert [(each.before, each.after) for each in entry.details] == [
        (((True, "sector"),), ((True, "field"),))
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("${sector} = 'sector'", "${field} = 'sector'"),
        (
            "../sector = 'x' and ../../sector != \"../sector\"",
            "../field = 'x' and ../../field != \"../sector\"",
        ),
        ("/data/one/sector = 'x' or ${ sector } = ''", "/data/one/field = 'x' or ${field} = ''"),
        ("${ what } = ${sector}", "${ what } = ${field}"),
        ("jr:choice-name(${sector}, '${sector}') = 'x'", "jr:choice-name(${field}, '${field}') = 'x'"),
        ("position(..) > 1 and ../sectors = 2 div 1", "position(..) > 1 and ../sectors = 2 div 1"),
    ],
)
def test_expressions_follow_another_name_however_they_say_it(before, after):
    asked = tree.with_question(RICH, "what", replace(RICH.by_name["what"], relevant=before))
    assert renamed(asked, "sector", "field").by_name["what"].relevant == after


def test_a_renamed_question_may_also_be_changed_and_moved():
    new = renamed(RICH, "sector", "field", required="true()")
    new = tree.moved(new, "field", "after:age")
    assert kinds_of(comparing.compared(RICH, new)) == {"field": ("renamed", "changed", "moved")}


def test_what_stands_in_a_renamed_table_stays_where_it_was():
    new = renamed(renamed(RICH, "rows", "lines"), "item", "entry")
    assert kinds_of(comparing.compared(RICH, new)) == {"lines": ("renamed",), "entry": ("renamed",)}
    reworded = renamed(RICH, "rows", "lines", label=words("Le righe"))
    assert kinds_of(comparing.compared(RICH, reworded)) == {"lines": ("renamed", "changed")}


def test_a_question_without_words_is_known_by_what_it_works_out():
    sum_of = tree.put(RICH, Question("twice", "calculate", calculation="${age} * 2"), "after:age")
    new = renamed(renamed(sum_of, "age", "years"), "twice", "double")
    assert kinds_of(comparing.compared(sum_of, new)) == {"years": ("renamed",), "double": ("renamed",)}


def test_another_question_in_the_same_place_is_no_renaming():
    other = renamed(RICH, "age", "income", label=words("Reddito"))
    assert kinds_of(comparing.compared(RICH, other)) == {"income": ("added",), "age": ("removed",)}
    other = renamed(RICH, "item", "entry", kind="integer")
    assert kinds_of(comparing.compared(RICH, other)) == {"entry": ("added",), "item": ("removed",)}
    silent = tree.put(RICH, Question("one_more", "hidden"), "after:age")
    assert kinds_of(comparing.compared(silent, renamed(silent, "one_more", "another"))) == {
        "another": ("added",),
        "one_more": ("removed",),
    }


def test_a_question_renamed_and_reworded_is_probably_the_same_where_place_and_logic_say_so():
    new = renamed(RICH, "sector", "field", label=words("Di che cosa vi occupate?", "What do you work on?"))
    found = comparing.compared(RICH, new)
    assert kinds_of(found) == {"field": ("likely", "changed")}
    assert found.counts() == ["1 probabilmente rinominata", "1 cambiata"]
    assert next(tag for tag, _tone in found.entries[0].tags) == "Probabilmente rinominata"
    new = renamed(RICH, "what", "which", label=words("Di quale si tratta?"))
    assert kinds_of(comparing.compared(RICH, new)) == {"which": ("likely", "changed")}


def test_a_guess_wants_the_same_place_and_no_rival():
    elsewhere = renamed(RICH, "sector", "field", label=words("Ambito", "Field"))
    elsewhere = tree.moved(elsewhere, "field", "after:start")
    assert kinds_of(comparing.compared(RICH, elsewhere))["field"] == ("added",)
    twins = tree.put(
        RICH, Question("again", "select_one", label=words("Ancora"), choices="sectors"), "after:many"
    )
    twins = tree.with_question(
        twins, "again", Question("again", "select_multiple", label=words("Ancora"), choices="sectors")
    )
    new = renamed(twins, "many", "x", label=words("Ics"))
    new = renamed(new, "again", "y", label=words("Ipsilon"))
    assert set(kinds_of(comparing.compared(twins, new)).values()) == {("added",), ("removed",)}


def test_of_two_alike_each_keeps_its_own():
    twins = tree.put(RICH, Question("a", "text", label=words("Nome"), hint=words("Il primo")), "after:age")
    twins = tree.put(twins, Question("b", "text", label=words("Nome"), hint=words("Il secondo")), "after:a")
    new = renamed(renamed(twins, "a", "x"), "b", "y")
    found = comparing.compared(twins, tree.moved(new, "y", "after:age"))
    assert {entry.name: entry.details[0].before for entry in found.entries} == {
        "x": ((True, "a"),),
        "y": ((True, "b"),),
    }


def test_a_long_chain_of_other_names_is_followed_a_few_links_and_no_further():
    def chain(stem):
        asked = (
            Question(f"{stem}{n}", "calculate", calculation=f"{n} + ${{{stem}{n + 1}}}") for n in range(99)
        )
        return Definition({}, ("it",), (*asked, Question(f"{stem}99", "integer", label=words("N"))))

    kinds = list(kinds_of(comparing.compared(chain("a"), chain("b"))).values())
    assert kinds.count(("renamed",)) == renaming.TURNS
    assert kinds.count(("added",)) == kinds.count(("removed",)) == 100 - renaming.TURNS


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "is-iban(.)", ("tutto", "un IBAN")),
        ("string-length(.) <= 10", "string-length(.) <= 20",
         ("Scrivete al massimo 10 caratteri.", "Scrivete al massimo 20 caratteri.")),
        ("is-iban(.)", "is-iban(.) and string-length(.) <= 20", None),
        ("regex(., 'x+')", "is-iban(.)", ("regex(., 'x+')", "un IBAN")),
    ],
)  # fmt: skip
def test_limits_are_compared_in_words_where_words_tell_them_apart(before, after, told):
    was, now = (renamed(RICH, "item", "item", constraint=source) for source in (before, after))
    (entry,) = comparing.compared(was, now).entries
    (detail,) = entry.details
    assert (detail.before[0][1], detail.after[0][1]) == (told or (before, after))


def test_only_the_words_that_differ_are_marked():
    before, after = comparing.word_by_word("Che cosa volete fare?", "Che cosa vorreste fare?")
    assert [text for differs, text in before if differs] == ["volete "]
    assert [text for differs, text in after if differs] == ["vorreste "]


def test_a_form_in_fewer_languages_keeps_no_words_of_the_others():
    found = texts.in_languages(SIMPLE, ("en",))
    assert found.languages == ("en",)
    assert "'it'" not in str(found.to_dict())
