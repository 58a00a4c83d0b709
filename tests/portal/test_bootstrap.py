"""The front door makes its environment once, from the lock, whoever else is at it and whatever ends it."""

import ast
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal import bootstrap
from portal.bootstrap import CannotGoOn, Environment, reason

ROOT = Path(bootstrap.ROOT)
LOCKS = ROOT / "requirements"

# Stands in for pip: notes what it was asked for and puts a "django" and a "pytest" that say where they run.
PIP = """
import os, pathlib, signal, sys

lock = pathlib.Path(sys.argv[-1])
with open("asked.txt", "a") as asked:
    asked.write(lock.stem + "\\n")
if "PIP_WORDS" in os.environ:
    sys.exit(os.environ["PIP_WORDS"])
python = pathlib.Path(sys.argv[sys.argv.index("--python") + 1])
packages = next(python.parent.parent.glob("lib/python*/site-packages"))
if "END_THE_CALLER" in os.environ:
    (packages / "half.py").touch()
    os.kill(os.getppid(), signal.SIGKILL)
    sys.exit()
says = "import os, sys; print(sys.prefix, os.environ['DJANGO_SETTINGS_MODULE'], os.getcwd(), *sys.argv[1:])"
(packages / "django/core").mkdir(parents=True, exist_ok=True)
for part in ("django/__init__.py", "django/core/__init__.py"):
    (packages / part).touch()
(packages / "django/core/management.py").write_text("def execute_from_command_line(_):\\n    " + says)
(packages / "pytest.py").write_text(says)
"""


class Tree:
    """A small work tree with the real front door, three locks of one line and a stand-in for pip."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "portal").mkdir()
        (root / "requirements").mkdir()
        (root / "callers" / "pip").mkdir(parents=True)
        for name in ("manage.py", "portal/__init__.py", "portal/bootstrap.py"):
            shutil.copy(ROOT / name, root / name)
        for name in bootstrap.LOCKS:
            (root / "requirements" / f"{name}.lock").write_text(f"{name}==1\n")
        (root / "callers" / "pip" / "__init__.py").touch()
        (root / "callers" / "pip" / "__main__.py").write_text(PIP)
        self.environment = Environment(root)

    def start(self, *words: str, python: Path = Path(sys.executable), **extra: str) -> subprocess.Popen[str]:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        surroundings = kept | {"PYTHONPATH": str(self.root / "callers"), "HOME": str(self.root)} | extra
        return subprocess.Popen(
            [python, self.root / "manage.py", *words],
            env=surroundings,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str, python: Path = Path(sys.executable), **extra: str) -> tuple[int, str, str]:
        """Exit code, what it printed, what it complained of."""
        process = self.start(*words, python=python, **extra)
        out, err = process.communicate()
        return process.returncode, out, err

    @property
    def asked(self) -> list[str]:
        """The locks that pip was asked to install, in order."""
        noted = self.root / "asked.txt"
        return noted.read_text().split() if noted.exists() else []

    def change(self, name: str) -> None:
        with (self.root / "requirements" / f"{name}.lock").open("a") as file:
            file.write("another==2\n")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def test_the_first_start_makes_the_environment_and_goes_on_inside_it(tree: Tree) -> None:
    code, out, _ = tree.run("demo", "--port", "8001")
    assert code == 0
    assert out.split() == [str(tree.root / ".venv"), "portal.settings.dev", "/", "demo", "--port", "8001"]
    assert tree.asked == ["run"]


def test_the_second_start_installs_nothing_and_says_nothing(tree: Tree) -> None:
    tree.run("demo")
    code, _, err = tree.run("demo")
    assert (code, err) == (0, "")
    assert tree.asked == ["run"]


def test_the_tests_add_what_they_need_and_run_pytest_at_the_top_of_the_tree(tree: Tree) -> None:
    tree.run("demo")
    _, out, _ = tree.run("test", "-k", "door")
    assert out.split() == [str(tree.root / ".venv"), "portal.settings.test", str(tree.root), "-k", "door"]
    tree.run("demo")
    assert tree.asked == ["run", "test"]


def test_a_whole_run_of_the_tests_has_a_worker_for_each_core(tree: Tree) -> None:
    assert tree.run("test")[1].split()[3:] == list(bootstrap.WHOLE_RUN)
    assert tree.asked == ["test"]


def test_on_the_newest_wagtail_the_tests_run_in_an_environment_of_their_own(tree: Tree) -> None:
    (tree.root / "pyproject.toml").write_text('dependencies = [\n    "wagtail>=7,<9",\n    "wagtail-other",\n]\n')
    for _ in range(2):
        code, out, _ = tree.run("test", "--wagtail", "newest", "tests/portal", "-k", "text")
        assert (code, out.split()[0]) == (0, str(tree.root / ".venv-newest"))
        assert out.split()[2:] == [str(tree.root), "tests/portal", "-k", "text"]
    # The lock once, the newest each time: it may have come since.
    assert tree.asked == ["test", "wagtail>=7,<9", "wagtail>=7,<9"]
    assert not tree.environment.folder.exists()


def test_settings_named_by_the_caller_are_kept(tree: Tree) -> None:
    _, out, _ = tree.run("migrate", DJANGO_SETTINGS_MODULE="portal.settings.production")
    assert out.split()[1] == "portal.settings.production"
    assert tree.asked == ["production"]


def test_a_changed_lock_is_installed_from_nothing(tree: Tree) -> None:
    tree.run("demo")
    stale = next((tree.root / ".venv").glob("lib/python*/site-packages")) / "left_the_lock.py"
    stale.touch()
    tree.change("run")
    assert tree.run("demo")[0] == 0
    assert tree.asked == ["run", "run"]
    assert not stale.exists()


def test_a_changed_test_lock_does_not_trouble_the_demo(tree: Tree) -> None:
    tree.run("demo")
    tree.change("test")
    tree.run("demo")
    assert tree.asked == ["run"]


def test_started_from_inside_a_stale_environment_it_still_makes_a_new_one(tree: Tree) -> None:
    tree.run("demo")
    tree.change("run")
    assert tree.run("demo", python=tree.environment.python)[0] == 0
    assert tree.asked == ["run", "run"]


def test_a_system_that_moved_to_another_python_gets_a_new_environment(tree: Tree) -> None:
    tree.run("demo")
    stamp = tree.environment.stamp
    stamp.write_text(stamp.read_text().replace(bootstrap.PYTHON, "python 3.2"))
    assert tree.run("demo")[0] == 0
    assert tree.asked == ["run", "run"]
    assert bootstrap.PYTHON in stamp.read_text()


def test_what_another_python_made_is_used_but_not_added_to(tree: Tree) -> None:
    tree.run("demo")
    stamp = tree.environment.stamp
    other = tree.environment.folder / "made_by_another"
    other.touch()
    stamp.write_text(stamp.read_text().replace(bootstrap.PYTHON, "python 3.99"))
    assert tree.environment.is_ready("run")
    tree.run("test")
    assert tree.asked == ["run", "test"]
    assert not other.exists()


def test_a_kill_during_the_install_leaves_nothing_that_the_next_start_trusts(tree: Tree) -> None:
    assert tree.run("demo", END_THE_CALLER="yes")[0] < 0
    assert not tree.environment.stamp.exists()
    code, out, _ = tree.run("demo")
    assert code == 0
    assert out.startswith(str(tree.root / ".venv"))
    assert not list((tree.root / ".venv").rglob("half.py"))


def test_two_starts_at_once_install_once(tree: Tree) -> None:
    both = [tree.start("demo"), tree.start("demo")]
    assert [process.communicate()[0].split()[0] for process in both] == [str(tree.root / ".venv")] * 2
    assert tree.asked == ["run"]


def test_without_a_network_it_says_so_in_one_line_and_keeps_the_words_of_pip(tree: Tree) -> None:
    words = "WARNING: Retrying (Retry(total=4)) after connection broken\nERROR: No matching distribution"
    code, out, err = tree.run("demo", PIP_WORDS=words)
    assert (code, out) == (1, "")
    assert "is there a network?" in err.splitlines()[-1]
    assert words in tree.environment.log.read_text()
    assert tree.run("demo")[0] == 0


def test_here_uses_the_running_python_as_it_is(tree: Tree) -> None:
    tree.run("demo")
    packages = next((tree.root / ".venv").glob("lib/python*/site-packages"))
    _, out, _ = tree.run("demo", TOGETHER_ENV="here", PYTHONPATH=str(packages))
    assert out.split()[0] == sys.prefix
    assert tree.asked == ["run"]


def test_here_without_django_is_refused(tree: Tree) -> None:
    (tree.root / "callers" / "django").mkdir()
    process = subprocess.run(
        [sys.executable, "-S", tree.root / "manage.py", "demo"],
        env={"TOGETHER_ENV": "here"},
        capture_output=True,
        text=True,
    )
    assert process.returncode == 1
    assert process.stderr.count("\n") == 1
    assert "no Django" in process.stderr


def test_a_tree_that_cannot_be_written_is_one_line(tree: Tree) -> None:
    (tree.root / "var").write_text("in the way")
    code, _, err = tree.run("demo")
    assert code == 1
    assert err.startswith("Together cannot make its environment:")
    assert err.count("\n") == 1


def test_a_python_with_neither_pip_nor_ensurepip_is_told_what_to_install(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "_has", lambda package: False)
    with pytest.raises(CannotGoOn, match="python3-pip"):
        tree.environment.prepare("run")
    assert not tree.environment.folder.exists()


def test_a_python_without_pip_uses_the_one_that_comes_with_it(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "_has", lambda package: package == "ensurepip")
    monkeypatch.setattr(Environment, "_run", lambda self, command, held: commands.append(command))
    tree.environment.folder.mkdir()
    tree.environment.prepare("run")
    inside = str(tree.environment.python)
    assert commands[0][1:3] == ["-m", "venv"]
    assert commands[1] == [inside, "-m", "ensurepip"]
    assert commands[2][:4] == [inside, "-m", "pip", "install"]


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13)])
def test_an_old_python_is_turned_away_in_one_line(
    version: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    with pytest.raises(SystemExit) as turned_away:
        runpy.run_path(str(ROOT / "manage.py"), run_name="__main__")
    assert turned_away.value.code == f"Together needs Python 3.11 or newer; this one is {version[0]}.{version[1]}."


def test_old_pythons_can_read_the_front_door() -> None:
    tree = ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 7))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.FunctionDef | ast.AnnAssign)]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("WARNING: Retrying (Retry(total=0", "no package index answered (is there a network?)"),
        ("noise\nERROR: Hashes do not match.\n", "Hashes do not match"),
        ("ERROR: Exception:\nTraceback\nAttributeError: no such thing", "AttributeError: no such thing"),
        ("No module named venv", "No module named venv"),
        ("", "nothing was said"),
    ],
)
def test_the_many_words_of_pip_become_one_reason(words: str, why: str) -> None:
    assert reason(words) == why
