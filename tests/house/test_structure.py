"""The rooms and the floors (docs/house.md), where the import contracts do not reach."""

import ast

from tests.house import code

LONGEST_FILE, LONGEST_VIEW = 400, 25

PRIVATE = {"views", "forms", "letters", "jobs", "reactions", "blueprint"}

NAMELESS = {"common", "utils", "util", "helpers", "helper", "misc", "shared", "core", "base"}

MODEL_SIGNALS = {
    "pre_init",
    "post_init",
    "pre_save",
    "post_save",
    "pre_delete",
    "post_delete",
    "m2m_changed",
    "pre_migrate",
    "post_migrate",
}

# What reads the clock behind the back of kit.clock, as it is written and where it is imported from.
CLOCKS = {
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "dt.date.today",
    "dt.datetime.now",
    "datetime.datetime.now",
    "datetime.date.today",
}
# Without an argument they read the clock, with one they only change the zone.
CONVERSIONS = {"timezone.localdate", "timezone.localtime"}
MAY_READ_THE_CLOCK = {"vivaio/kit/clock.py"}

# Reaching a module or a model by its name goes round the order of the rooms. Each of these has a reason.
BY_NAME = {
    "vivaio/kit/apps.py": "finds what every room declares: verbs, letters, reactions, jobs, menu, guidance, tabs",
    "vivaio/finder/encoding/encoders.py": "loads the encoder that the settings name; its package need not be there",
    "vivaio/kit/later.py": "reads a library when it is first used; it refuses our own modules",
    "vivaio/desk/register/subjects.py": "names a subject that the journal knows by its kind and id only",
}
BY_NAME_CALLS = {
    "import_module",
    "__import__",
    "import_string",
    "get_model",
    "find_spec",
    "autodiscover_modules",
    "exec",
    "eval",
}


def functions_within(function: code.Function):
    for node in ast.walk(function):
        if node is not function and isinstance(node, ast.Import | ast.ImportFrom):
            yield node


def test_nothing_is_imported_inside_a_function():
    found = [
        f"{module.shown}:{node.lineno}"
        for module in code.modules()
        for function in module.functions()
        for node in functions_within(function)
    ]
    assert not found


def test_no_file_is_longer_than_a_person_reads_at_once():
    found = {
        module.shown: lines for module in code.modules() if (lines := module.text.count("\n")) > LONGEST_FILE
    }
    assert not found


def is_view_module(module: code.Module) -> bool:
    return "views" in module.path.with_suffix("").parts


def takes_request(function: code.Function) -> bool:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return "request" in names[:2]


def length(function: code.Function) -> int:
    """From `def` to the last line, docstring and decorators apart."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 2 if body else 1


def test_a_view_takes_http_in_and_gives_http_out_and_no_more():
    found = {
        f"{module.shown}:{function.name}": lines
        for module in code.modules()
        if is_view_module(module)
        for function in module.functions()
        if takes_request(function) and (lines := length(function)) > LONGEST_VIEW
    }
    assert not found


def test_what_a_room_keeps_private_stays_there():
    found = []
    for module in code.modules():
        for name, line in module.imports():
            parts = name.split(".")
            if len(parts) < 3 or parts[0] != "vivaio" or parts[1] in (module.room, "kit"):
                continue
            if name == "vivaio.mailroom.letters" or name.startswith("vivaio.mailroom.letters."):
                continue  # the class that every room makes its letters with
            if parts[2].split("_")[0] not in PRIVATE or parts[2].startswith("blueprints"):
                continue
            if module.room == "blueprints" and parts[2] == "blueprint":
                continue
            found.append(f"{module.shown}:{line}: {name}")
    assert not found


def test_requests_stay_in_views():
    """Below the views nobody knows of HTTP."""
    floors = {"actions", "rules", "queries", "models", "states", "events", "letters", "jobs", "reactions"}
    http = ("django.http", "django.shortcuts", "django.contrib.messages", "vivaio.kit.refusals")
    found = [
        f"{module.shown}:{line}: {name}"
        for module in code.modules()
        if module.room not in ("kit", "config") and floors & set(module.path.with_suffix("").parts)
        for name, line in module.imports()
        if name.startswith(http)
    ]
    assert not found


def test_no_row_acts_behind_the_back_of_an_action():
    found = [
        f"{module.shown}:{line}: {name}"
        for module in code.modules()
        for name, line in module.imports()
        if name.split(".")[-1] in MODEL_SIGNALS
    ]
    assert not found


def test_only_kit_tells_the_time():
    found = []
    for module in code.modules():
        if module.shown in MAY_READ_THE_CLOCK or module.room == "config":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and code.dotted(node) in CLOCKS:
                found.append(f"{module.shown}:{node.lineno}: {code.dotted(node)}")
            if isinstance(node, ast.Call) and code.dotted(node.func) in CONVERSIONS and not node.args:
                found.append(f"{module.shown}:{node.lineno}: {code.dotted(node.func)}")
    assert not found


def test_a_shared_thing_has_a_name():
    found = [module.shown for module in code.modules() if set(module.name.split(".")) & NAMELESS]
    assert not found


def test_nobody_goes_round_the_order_of_the_rooms():
    found, used = [], set()
    for module in code.modules():
        if module.room == "config":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and code.dotted(node.func).split(".")[-1] in BY_NAME_CALLS:
                used.add(module.shown)
                if module.shown not in BY_NAME:
                    found.append(f"{module.shown}:{node.lineno}: {code.dotted(node.func)}")
    assert not found
    assert set(BY_NAME) == used, "an exception that nobody needs any more"


def test_every_folder_of_code_is_a_package():
    found = sorted(
        str(folder.relative_to(code.HOME))
        for folder in {module.path.parent for module in code.modules()}
        if not (folder / "__init__.py").exists()
    )
    assert not found


def test_every_room_says_what_it_is_for():
    found = [
        room
        for room in code.rooms()
        if not ast.get_docstring(ast.parse((code.VIVAIO / room / "__init__.py").read_text()))
    ]
    assert not found


def test_every_room_has_its_tests():
    found = [room for room in code.rooms() if not list((code.HOME / "tests" / room).glob("test_*.py"))]
    assert not found
