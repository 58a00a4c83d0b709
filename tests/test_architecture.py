"""The house holds its shape: which way imports point, how long files are, and where the environment and HTML are touched."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("portal", "engagement", "selfreferral", "newsletter")
LONGEST_FILE = 300

# From the ground up; a room imports only from rooms below its own line. Rooms on one line do not import each other.
FLOORS: list[set[str]] = [
    # What plain helpers stand on.
    {"portal.memory", "portal.typesetting"},
    {
        "portal.changes",
        "portal.fulltext",
        "portal.tasks",
        "portal.text",
        "portal.references",
        "portal.spam",
        "portal.imports",
        "portal.one_writer",
        "portal.paging",
        "portal.kept_paper",
        "portal.pdf",
        "portal.photos",
        "portal.reading_age",
        "portal.redis_away",
        "portal.serving",
        "portal.slow_visitors",
        "portal.small_numbers",
        "portal.spreadsheets",
        "portal.static_files",
    },
    {"portal.forms", "portal.geo"},
    {"portal.emails"},
    {"portal.accounts"},
    {"portal.pages"},
    {"engagement"},
    {"selfreferral", "newsletter"},
    {
        "portal.urls",
        "portal.settings",
        "portal.wsgi",
        "portal.insight",
        "portal.rights",
        "portal.operations",
        "portal.bootstrap",
        "portal.formats",
    },
    # The village shows everything, the composed too.
    {"portal.demo"},
]

# Every model declares its personal data and every action writes an event, so these lie under all the floors, with the
# words for time and for a refusal that they need themselves.
UNDER_EVERYTHING = {
    "portal.privacy",
    "portal.audit",
    "portal.clock",
    "portal.power_cuts",
    "portal.refusals",
    "portal.logs",
}


def python_files() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def room_of(module: str) -> str | None:
    """The longest name on the floors that a module lies in."""
    names = sorted(UNDER_EVERYTHING.union(*FLOORS), key=len, reverse=True)
    return next((name for name in names if module == name or module.startswith(f"{name}.")), None)


def floor_of(room: str) -> int:
    return next((number for number, floor in enumerate(FLOORS) if room in floor), -1)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> list[str]:
    """Every module of ours that a file imports, wherever in the file it does so."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return [name for name in found if name.split(".")[0] in PACKAGES]


def test_every_list_turns_its_pages_from_the_last_row_on() -> None:
    """Numbers of pages cost more the further down somebody reads, and counting costs on each of them."""
    counting = [path for path in python_files() if "django.core.paginator" in path.read_text()]
    assert counting == []


def points_up(importer: str, imported: str) -> bool:
    here, there = room_of(importer), room_of(imported)
    if here is None or there is None or here == there or there in UNDER_EVERYTHING:
        return False
    return floor_of(there) >= floor_of(here)


def test_imports_only_point_downwards() -> None:
    wrong = [
        f"{module_of(path)} imports {imported}"
        for path in python_files()
        for imported in imports_of(path)
        if points_up(module_of(path), imported)
    ]
    assert wrong == []


def test_every_file_knows_its_room() -> None:
    homeless = [module_of(path) for path in python_files() if room_of(module_of(path)) is None]
    assert homeless == ["portal"]


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("portal.pages.models", "engagement.directory.models"),
        ("selfreferral.views", "newsletter.models"),
        ("engagement.comments.models", "selfreferral.models"),
        ("portal.geo.models", "portal.accounts.models"),
    ],
)
def test_the_check_itself_refuses_an_import_upwards_or_sideways(importer: str, imported: str) -> None:
    assert points_up(importer, imported)


def test_the_two_rooms_of_engagement_do_not_import_each_other() -> None:
    wrong = [
        f"{module_of(path)} imports {imported}"
        for here, there in (("directory", "comments"), ("comments", "directory"))
        for path in (ROOT / "engagement" / here).rglob("*.py")
        for imported in imports_of(path)
        if imported.startswith(f"engagement.{there}")
    ]
    assert wrong == []


def test_no_file_is_too_long_to_read() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in python_files()
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    ]
    assert long == []


def test_every_file_opens_with_what_it_owns() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in python_files()
        if "migrations" not in path.parts and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_every_signature_is_typed() -> None:
    untyped = []
    for path in python_files():
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is None:
                untyped.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert untyped == []


def uses(path: Path, *names: str) -> bool:
    tree = ast.parse(path.read_text())
    return any(
        (isinstance(node, ast.Attribute) and node.attr in names) or (isinstance(node, ast.Name) and node.id in names)
        for node in ast.walk(tree)
    )


def test_only_the_settings_and_the_front_door_read_the_environment() -> None:
    readers = {module_of(path) for path in python_files() if uses(path, "environ", "getenv")}
    assert readers <= {"portal.settings.environment", "portal.bootstrap", "portal.wsgi"}


def test_only_one_module_marks_html_as_safe() -> None:
    markers = [module_of(path) for path in python_files() if uses(path, "mark_safe", "SafeText")]
    assert markers == ["portal.text"]
    unsafe_templates = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if "|safe" in path.read_text() or "{% autoescape off" in path.read_text()
    ]
    assert unsafe_templates == []


def test_pure_modules_know_neither_database_nor_clock_nor_settings() -> None:
    pure = {
        *("workflow", "screening", "distress", "likeness", "first_look", "clustering"),
        *("recurrence", "questions", "flow", "deadlines"),
    }
    pure_rooms = {"hours"}
    forbidden = ("django.db", "django.conf", "django.utils.timezone")
    wrong = []
    for path in python_files():
        if (path.stem not in pure and path.parent.name not in pure_rooms) or "migrations" in path.parts:
            continue
        text = path.read_text()
        imported = [
            f"{node.module}.{alias.name}"
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        ]
        wrong += [f"{module_of(path)} uses {name}" for name in imported if name.startswith(forbidden)]
        if any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"now", "today"}
            for node in ast.walk(ast.parse(text))
        ):
            wrong.append(f"{module_of(path)} asks a clock")
    assert wrong == []


def test_views_do_not_filter_or_write() -> None:
    writes = {
        "filter",
        "exclude",
        "create",
        "save",
        "delete",
        "update",
        "bulk_create",
        "get_or_create",
        "update_or_create",
    }
    wrong = []
    for path in python_files():
        if "views" not in path.parts and path.stem != "views":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in writes
                and "objects" in ast.dump(node.func)
            ):
                wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.func.attr}")
    assert wrong == []
