"""The folder of installed models, and the records in it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mmsearch.encode.models.choosing import models_with
from mmsearch.encode.models.folder import (
    as_id,
    check_id,
    file_in,
    folder_of,
    installed_model,
    installed_models,
    remove_model,
    verify_model,
)
from mmsearch.encode.models.overview import ModelState, all_models
from mmsearch.encode.models.record import (
    RECORD,
    ModelFile,
    load_record,
)
from mmsearch.errors import ModelError
from mmsearch.types import Modality
from tests.tiny_models import install


def test_a_record_survives_the_disk() -> None:
    record = install("one", Modality.CODE)
    assert load_record(folder_of("one")) == record == installed_model("one")
    assert record.text_option("query_prefix") == "query: "
    assert record.text_option("passage_prefix") == ""
    assert record.size_bytes == 7


def test_the_space_changes_with_files_and_options() -> None:
    record = install("one", Modality.CODE)
    spaces = {
        record.spec.space,
        replace(record, options={}).spec.space,
        replace(record, dim=4).spec.space,
        replace(record, files=(ModelFile("weights", "0", 7),)).spec.space,
    }
    assert len(spaces) == 4
    assert replace(record, per_s={}, name="other").spec.space == record.spec.space


def test_models_are_listed_verified_and_removed() -> None:
    assert installed_models() == {}
    record = install("one", Modality.CODE)
    verify_model(record)
    assert list(installed_models()) == ["one"]
    assert remove_model("one") > 7
    assert installed_models() == {}
    with pytest.raises(ModelError, match="is not installed"):
        remove_model("one")
    with pytest.raises(ModelError, match="is not installed"):
        installed_model("one")


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 1}', '{"format": 1, "files": 3}'])
def test_a_damaged_record_is_no_model_and_can_be_removed(content: str) -> None:
    install("one", Modality.CODE)
    (folder_of("one") / RECORD).write_text(content)
    assert installed_models() == {}
    with pytest.raises(ModelError, match=r"record of the model in .* is damaged"):
        installed_model("one")
    remove_model("one")


def test_a_record_of_a_newer_program() -> None:
    install("one", Modality.CODE)
    path = folder_of("one") / RECORD
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 99}))
    with pytest.raises(ModelError, match="newer mmsearch"):
        installed_model("one")


@pytest.mark.parametrize("content", [None, b"weight", b"wEights"])
def test_changed_files_are_noticed(content: bytes | None) -> None:
    record = install("one", Modality.CODE)
    path = folder_of("one") / "weights"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(ModelError, match=r"weights.*mmsearch models remove one"):
        verify_model(record)


@pytest.mark.parametrize("name", ["mini", "", "..", "../x", "a/b", "A", ".hidden", "x" * 81])
def test_ids_that_cannot_be(name: str) -> None:
    with pytest.raises(ModelError, match="cannot be the id"):
        check_id(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("My Model_v2", "my-model-v2"), ("ViT-B.16", "vit-b.16"), ("…", "model"), ("ä b", "b")],
)
def test_ids_of_names(name: str, expected: str) -> None:
    assert as_id(name) == expected
    assert check_id(as_id(name)) == expected


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "a\\b", ""])
def test_no_file_outside_of_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no name for a file"):
        file_in(tmp_path, name)


def test_the_newest_choice_takes_its_kinds_and_who_has_none_left_goes() -> None:
    pictures = install("pictures", Modality.IMAGE, Modality.VIDEO)
    code = install("code", Modality.CODE)
    other = install("other", Modality.IMAGE, Modality.VIDEO)
    assert models_with(pictures, ()) == ("pictures",)
    assert models_with(code, ("pictures",)) == ("code", "pictures")
    assert models_with(other, ("code", "pictures", "gone")) == ("other", "code")
    assert models_with(code, ("code",)) == ("code",)
    with pytest.raises(ModelError, match="encodes nothing"):
        models_with(install("ranker"), ())


def test_the_list_of_all_models() -> None:
    install("one", Modality.CODE)
    install("siglip2-b16", Modality.IMAGE)
    rows = {row.id: row for row in all_models(["one"])}
    assert next(iter(rows)) == "mini"
    assert rows["mini"].state is ModelState.EMBEDDED
    assert rows["one"].state is ModelState.IN_USE
    assert rows["siglip2-b16"].state is ModelState.INSTALLED
    assert rows["siglip-b16"].state is ModelState.AVAILABLE
    assert not rows["siglip-b16"].is_here
    assert all_models(["gone"])[0].state is ModelState.IN_USE
