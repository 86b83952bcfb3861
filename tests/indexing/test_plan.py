from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.errors import FailureKind
from mmsearch.indexing.known import KnownAssets
from mmsearch.indexing.plan import Comparison, Plan, Wishes
from mmsearch.indexing.todo_list import asset_id_of
from mmsearch.scan.ignore import IgnoreRules
from mmsearch.scan.touched import Touched
from mmsearch.store.records import (
    FAILED,
    INDEXED,
    AssetRecord,
    asset_schema,
    records_to_arrow,
)
from mmsearch.types import MissingFiles


def known_file(root: Path, name: str, **changes: object) -> AssetRecord:
    path = root / name
    status = path.stat() if path.exists() else None
    fields = {
        "asset_id": asset_id_of("root", name),
        "root_id": "root",
        "relative_path": name,
        "modality": "code",
        "size_bytes": status.st_size if status else 1,
        "mtime_ns": status.st_mtime_ns if status else 1,
        "content_id": "c",
        "status": INDEXED,
        "space": "fake@1",
    }
    return AssetRecord(**(fields | changes))  # type: ignore[arg-type]


def planned(
    root: Path,
    known: list[AssetRecord],
    touched: Touched | None = None,
    moved: frozenset[str] = frozenset(),
    **wishes: object,
) -> Plan:
    table = records_to_arrow(known, asset_schema())
    comparison = Comparison(KnownAssets(table), "fake@1", Wishes(**wishes))  # type: ignore[arg-type]
    below = touched.below(root) if touched is not None else None
    list(comparison.scan_root("root", root, IgnoreRules(), below))
    comparison.plan.settle(moved)
    return comparison.plan


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text("x")
    return tmp_path


def todo(plan: Plan) -> list[str]:
    return [one.relative_path for one in plan.todo]


def test_new_files_are_to_do_and_unchanged_ones_are_not(root: Path) -> None:
    plan = planned(root, [known_file(root, "a.py")])
    assert (plan.n_found, plan.n_unchanged, todo(plan)) == (2, 1, ["b.py"])


@pytest.mark.parametrize(
    "changes",
    [
        {"size_bytes": 2},
        {"mtime_ns": 5},
        {"space": "fake@0"},
        {"status": FAILED, "failure_kind": FailureKind.PERMISSION.value},
        {"status": FAILED, "failure_kind": FailureKind.VANISHED.value},
    ],
)
def test_what_makes_a_known_file_to_do(root: Path, changes: dict[str, object]) -> None:
    plan = planned(root, [known_file(root, "a.py", **changes), known_file(root, "b.py")])
    assert todo(plan) == ["a.py"]


def test_a_broken_file_is_tried_again_only_when_asked(root: Path) -> None:
    broken = known_file(root, "a.py", status=FAILED, failure_kind="corrupt", space="")
    known = [broken, known_file(root, "b.py")]
    assert todo(planned(root, known)) == []
    assert todo(planned(root, known, retry_failed=True)) == ["a.py"]
    assert todo(planned(root, known, retry=frozenset({broken.asset_id}))) == ["a.py"]
    assert todo(planned(root, known, retry=frozenset({known[1].asset_id}))) == []


def test_an_ignored_file_is_left_alone_even_when_it_changes(root: Path) -> None:
    broken = known_file(root, "a.py", status=FAILED, failure_kind="no permission", mtime_ns=5)
    ignored = frozenset({broken.asset_id})
    plan = planned(root, [broken, known_file(root, "b.py")], retry_failed=True, ignored=ignored)
    assert (todo(plan), plan.removed, plan.failures) == ([], [], [])


def test_an_ignored_broken_link_is_no_news(root: Path) -> None:
    (root / "dead.png").symlink_to(root / "nowhere.png")
    (record,) = planned(root, []).failures
    known = [known_file(root, name) for name in ("a.py", "b.py")]
    plan = planned(root, [record, *known], ignored=frozenset({record.asset_id}))
    assert (plan.failures, plan.removed) == ([], [])


def known_and_gone(root: Path, n_there: int, n_gone: int) -> list[AssetRecord]:
    for place in range(n_there):
        (root / f"{place:03}.py").write_text("x")
    there = [known_file(root, f"{place:03}.py") for place in range(n_there)]
    return there + [known_file(root, f"gone {place:03}.py") for place in range(n_gone)]


@pytest.mark.parametrize(
    ("n_there", "n_gone", "forgotten"),
    [(10, 3, True), (3, 10, True), (200, 40, True), (100, 30, False), (0, 2, False), (0, 1, True)],
)
def test_many_files_gone_at_once_are_not_forgotten(
    tmp_path: Path, n_there: int, n_gone: int, forgotten: bool
) -> None:
    known = known_and_gone(tmp_path, n_there, n_gone)

    plan = planned(tmp_path, known)

    assert len(plan.removed) == (n_gone if forgotten else 0)
    wanted = [] if forgotten else [MissingFiles("root", str(tmp_path), n_gone, n_there + n_gone)]
    assert plan.missing == wanted
    elsewhere = planned(tmp_path, known, forget_missing=frozenset({"other"}))
    assert elsewhere.removed == plan.removed
    assert len(planned(tmp_path, known, forget_missing=frozenset({"root"})).removed) == n_gone


def test_files_that_are_found_elsewhere_are_not_missing(tmp_path: Path) -> None:
    known = known_and_gone(tmp_path, 10, 60)
    known = [replace(one, content_id=f"of {one.relative_path}") for one in known]
    gone = [one.asset_id for one in known[10:]]

    some = frozenset(f"of gone {place:03}.py" for place in range(30))
    plan = planned(tmp_path, known, moved=some)
    assert plan.removed == gone[:30]
    assert [missing.n_missing for missing in plan.missing] == [30]

    most = frozenset(f"of gone {place:03}.py" for place in range(50))
    plan = planned(tmp_path, known, moved=most)
    assert (plan.removed, plan.missing) == (gone, [])


def test_files_of_a_folder_that_cannot_be_read_are_kept(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "closed").mkdir()
    known = [
        known_file(root, "a.py"),
        known_file(root, "b.py"),
        known_file(root, "closed/secret.py"),
        known_file(root, "closed elsewhere.py"),
    ]
    real_scandir = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real_scandir(path)

    monkeypatch.setattr(os, "scandir", scandir)
    plan = planned(root, known)

    assert plan.removed == [asset_id_of("root", "closed elsewhere.py")]
    assert [(one.relative_path, one.failure_kind) for one in plan.failures] == [
        ("closed", "no permission")
    ]


def test_what_cannot_be_a_file_says_why(root: Path) -> None:
    os.mkfifo(root / "pipe.mp4")
    (failure,) = planned(root, []).failures
    assert "pipe" in failure.reason
    assert failure.relative_path == "pipe.mp4"


def test_only_touched_folders_are_looked_at(tmp_path: Path) -> None:
    for name in ("a/1.py", "a/in/2.py", "b/3.py", "c/in/deep/4.py", "5.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    known = [known_file(tmp_path, name) for name in ("a/gone.py", "a/in/gone.py", "b/gone.py")]
    known += [known_file(tmp_path, f"c/{name}.py") for name in "abc"]

    touched = Touched(frozenset({tmp_path / "a"}), frozenset({tmp_path / "c"}))
    plan = planned(tmp_path, known, touched)

    assert todo(plan) == ["a/1.py", "c/in/deep/4.py"]
    gone = ("a/gone.py", "c/a.py", "c/b.py", "c/c.py")
    assert plan.removed == [asset_id_of("root", name) for name in gone]


def test_a_touched_folder_that_is_gone_takes_its_files_with_it(root: Path) -> None:
    known = [known_file(root, name) for name in ("a.py", "b.py", "old/c.py", "old/in/d.py")]
    plan = planned(root, known, Touched(trees=frozenset({root / "old"})))
    assert plan.removed == [asset_id_of("root", "old/c.py"), asset_id_of("root", "old/in/d.py")]
    assert plan.n_found == 0
