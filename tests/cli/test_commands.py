"""What the commands print and return."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.files import GREEN, save_picture

from .conftest import Ran, Run

GOLDEN = Path(__file__).parents[1] / "golden"


def assert_golden(name: str, ran: Ran, tmp_path: Path) -> None:
    """Compare with tests/golden/NAME.txt; paths and times are replaced.

    After a change that is meant, run with MMSEARCH_WRITE_GOLDEN=1 and read the difference.
    """
    text = f"exit code {ran.code}\n--- output\n{ran.out}--- errors\n{ran.err}"
    text = text.replace(str(tmp_path), "DIR")
    text = re.sub(r"\b\d+ s\b", "N s", text)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("MMSEARCH_WRITE_GOLDEN"):
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_index_search_status_errors(run: Run, folder: Path, tmp_path: Path) -> None:
    assert_golden("index", run("index", folder), tmp_path)
    assert_golden("search", run("search", "red"), tmp_path)
    assert_golden("search_code", run("search", "sort", "items", "--type", "code"), tmp_path)
    assert_golden("search_explained", run("search", "sort blue", "--explain"), tmp_path)
    assert_golden("status", run("status"), tmp_path)
    assert_golden("errors", run("errors"), tmp_path)
    assert_golden("index_again", run("index"), tmp_path)


def test_help_names_every_command(run: Run, tmp_path: Path) -> None:
    assert_golden("help", run("--help"), tmp_path)
    assert_golden("help_search", run("search", "--help"), tmp_path)


def test_hits_as_json_have_the_stable_fields(run: Run, folder: Path) -> None:
    run("index", folder)

    hits = json.loads(run("search", "sort items", "--json").out)

    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert hits[0]["path"] == str(folder / "sorting.py")
    assert hits[0]["modality"] == "code"
    assert 0 <= hits[0]["match"] <= 1
    assert hits[0]["segment"] == {"first_line": 1, "last_line": 3}
    assert {"cosine", "normalised"} <= set(hits[0]["scores"])
    assert hits[1]["segment"] is None
    assert {"word": "sort", "where": "text"} in hits[0]["words"]
    made_of = ("meaning", "words", "name")
    for hit in hits:
        total = sum(hit["scores"].get(name, 0) for name in made_of)
        assert total == pytest.approx(hit["scores"]["logit"], abs=1e-4)


def test_the_library_may_stand_before_or_behind_the_command(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert run("--library", other, "index", folder).code == 3
    assert "red.png" in run("search", "red", "--library", other).out
    assert run("search", "red").code == 1, "the default library was never made"


def test_status_as_json(run: Run, folder: Path) -> None:
    run("index", folder)

    status = json.loads(run("status", "--json").out)

    assert status["assets"] == {"indexed": 3, "failed": 1, "offline": 0}
    assert status["segments"] == 3
    assert status["spaces"] == ["fake@1"]


def test_errors_as_json(run: Run, folder: Path) -> None:
    run("index", folder)

    rows = json.loads(run("errors", "--json").out)

    assert [(row["path"], row["kind"]) for row in rows] == [(str(folder / "empty.jpg"), "empty")]
    assert rows[0]["reason"]


def test_filters_examples_and_what_to_avoid(run: Run, folder: Path, tmp_path: Path) -> None:
    save_picture(folder / "sub" / "green.png", GREEN)
    run("index", folder)
    example = save_picture(tmp_path / "example.png", GREEN)

    assert "green.png" in run("search", "--like", example, "--limit", "1").out
    found = run("search", "red", "--in", folder / "sub").out
    assert "green.png" in found
    assert "red.png" not in found
    assert "sorting.py" in run("search", "red", "--ext", "py").out
    first = run("search", "red blue", "--not", "red", "--limit", "1").out
    assert "blue sky.png" in first
    assert run("search", "red", "--since", "2200-01-01").out == "Nothing found.\n"
    assert run("search", "red", "--min-size", "1000000").out == "Nothing found.\n"


def test_batch_answers_one_line_a_query(run: Run, folder: Path, tmp_path: Path) -> None:
    run("index", folder)
    queries = tmp_path / "queries.jsonl"
    lines = [
        {"id": "a", "text": "red", "limit": 1},
        {"id": "b", "like": [str(folder / "red.png")], "types": ["image"], "limit": 2},
        {"id": "c", "text": "red blue", "not": ["red"], "types": ["image"]},
    ]
    queries.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", "utf-8")

    ran = run("search", "--batch", queries)

    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [answer["id"] for answer in answers] == ["a", "b", "c"]
    assert [len(answer["hits"]) for answer in answers] == [1, 2, 2]
    assert answers[2]["hits"][0]["path"].endswith("blue sky.png")


def test_strictness_and_nothing_close(run: Run, folder: Path, tmp_path: Path) -> None:
    run("index", folder)
    queries = tmp_path / "queries.jsonl"
    lines = [json.dumps({"text": "red", "min_match": least}) for least in (0.0, 0.5, 1.0)]
    queries.write_text("\n".join(lines), "utf-8")
    ran = run("search", "--batch", queries)
    everything, likely, certain = (json.loads(line)["hits"] for line in ran.out.splitlines())
    assert likely == [hit for hit in everything if hit["match"] >= 0.5]
    assert certain == []

    assert run("search", "red", "--min-match", "1").out == "Nothing found.\n"
    assert run("search", "red", "--min-match", "2").code == 1
    far = run("search", "quarterly tax figures", "--type", "image", "--not", "red").out
    assert far.startswith("Nothing close; the nearest are:\n  1  ▮▯▯▯ weak")


def test_a_batch_has_the_query_language(run: Run, folder: Path, tmp_path: Path) -> None:
    run("index", folder)
    queries = tmp_path / "queries.jsonl"
    lines = [
        {"id": 1, "text": "red ext:png -blue"},
        {"id": 2, "text": "pictures of red"},
        {"id": 3, "text": "pictures of red", "literal": True},
        {"id": 4, "text": "red type:vidoe"},
        {"id": 5, "text": "tpye:image red"},
    ]
    queries.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")

    answers = [json.loads(line) for line in run("search", "--batch", queries).out.splitlines()]

    assert [len(answer["hits"]) for answer in answers] == [2, 2, 3, 0, 3]
    assert [answer.get("understood") for answer in answers] == [
        None,
        ["type:image"],
        None,
        None,
        None,
    ]
    assert answers[3]["error"] == "There is no kind of file called 'vidoe'. Did you mean video?"
    assert answers[3]["place"] == [9, 14]
    assert "Did you mean type:" in answers[4]["notes"][0]


def test_a_wrong_line_of_a_batch_costs_only_itself(run: Run, folder: Path, tmp_path: Path) -> None:
    run("index", folder)
    queries = tmp_path / "queries.jsonl"
    lines = [
        "no json",
        '{"id": 1, "text": ""}',
        '{"id": 2, "text": "red", "types": ["vidoe"]}',
        '{"id": 3, "text": "red", "limit": "x"}',
        '{"id": 4, "colour": "red"}',
        '{"id": 4, "text": "red", "literal": "yes"}',
        "[]",
        '{"id": 5, "text": "red"}',
    ]
    queries.write_text("\n".join(lines), "utf-8")

    ran = run("search", "--batch", queries)

    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 1
    assert [bool(answer.get("error")) for answer in answers] == [True] * 7 + [False]
    assert answers[7]["hits"]
    assert "7 queries were wrong" in ran.err


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["search"], "nothing to search for", "--like"),
        (["search", "  "], "nothing to search for", "--like"),
        (["search", "red", "--type", "vidoe"], "no kind of file", "Did you mean video?"),
        (["search", "--like", "/no/such.jpg"], "does not exist", "Check the path"),
        (["search", "red", "--normalise", "csl"], "no normaliser", "Did you mean csls?"),
        (["search", "red", "--batch", "/no/such.jsonl"], "cannot be read", ""),
        (["index", "/no/such/folder"], "does not exist", "Check the path"),
        (["status"], "no library", "mmsearch index"),
    ],
)
def test_wrong_use_gets_one_line_and_a_hint(
    run: Run, folder: Path, arguments: list[str], message: str, hint: str
) -> None:
    if arguments[0] == "search" and "--batch" in arguments:
        run("index", folder)

    ran = run(*arguments)

    assert ran.code == 1
    assert ran.out == ""
    error, *rest = ran.err.splitlines()
    assert message in error
    assert hint in " ".join(rest)
    assert "Traceback" not in ran.err


def test_wrong_syntax_is_pointed_at(run: Run) -> None:
    ran = run("search", "a dog", "type:vidoe")

    assert ran.code == 1
    assert ran.err.splitlines()[1:] == [
        "  a dog type:vidoe",
        "             ^^^^^",
        "Hint: Did you mean video?",
    ]


def test_the_language_and_the_options_mean_the_same(run: Run, folder: Path) -> None:
    run("index", folder)

    def paths(*arguments: str) -> list[str]:
        ran = run("search", "--json", *arguments)
        return [Path(hit["path"]).name for hit in json.loads(ran.out)]

    for text, options in [
        ("red type:code", ("red", "--type", "code")),
        ("red ext:png", ("red", "--ext", "png")),
        ("red blue -red", ("red blue", "--not", "red")),
        (f'like:"{folder / "blue sky.png"}"', ("--like", str(folder / "blue sky.png"))),
        (f'red in:"{folder}"', ("red", "--in", str(folder))),
        ("red size:>=1MB", ("red", "--min-size", "1000000")),
        ("red date:2200..", ("red", "--since", "2200-01-01")),
        ("type:image", ("--type", "image")),
    ]:
        assert paths(text) == paths(*options), text
    assert paths("red", "blue", "-red") == paths("red blue -red")
    assert paths("red", f"in:{folder}") == paths("red", "--in", str(folder))
    assert paths("dog", "like:" + str(folder / "blue sky.png"))[0] == "blue sky.png"
    assert paths("red", "ext:png", "--type", "code") == []
    assert paths("name:sort") == ["sorting.py"]
    assert paths("name:sort OR blue") == ["sorting.py", "blue sky.png", "red.png"]
    assert len(paths("--literal", "type:vidoe")) == 3


def test_plain_words_taken_for_filters_are_told(run: Run, folder: Path) -> None:
    run("index", folder)

    ran = run("search", "pictures of red", "--json")
    assert {Path(hit["path"]).suffix for hit in json.loads(ran.out)} == {".png"}
    assert ran.err == "understood: type:image; --literal to search for the words\n"
    assert run("search", "pictures of red", "--literal").err == ""
    assert "Did you mean type: ?" in run("search", "tpye:image red").err


def test_filters_that_let_nothing_through_are_told(run: Run, folder: Path) -> None:
    run("index", folder)

    ran = run("search", "red", "in:nowhere")
    assert (ran.code, ran.out) == (0, "Nothing found.\n")
    assert ran.err == "in:nowhere lets no file through.\n"
    near = run("search", "red in:thinks ext:pgn type:image").err.splitlines()
    assert near == [
        "in:thinks lets no file through. Did you mean in:things?",
        "ext:pgn lets no file through. Did you mean ext:png?",
    ]
    assert run("search", "red", "ext:png lang:python").err == "No file passes all of the filters.\n"


def test_wrong_options_are_wrong_usage(run: Run) -> None:
    assert run("search", "x", "--since", "last summer").code == 2
    assert run("serch", "x").code == 2
    assert run("search", "x", "--limt", "3").code == 2
    assert run("search", "x", "--limt=3").code == 2


def test_folders_that_are_no_library(run: Run, folder: Path) -> None:
    ran = run("--library", folder, "search", "red")
    assert ran.code == 1
    assert "is not an mmsearch library" in ran.err


def test_doctor_and_models_look_at_real_files(run: Run, folder: Path) -> None:
    run("index", folder)

    doctor = run("doctor")
    models = run("models")

    assert doctor.code == 0, doctor.out
    assert "checksums right" in doctor.out
    assert "3 files, 3 segments" in doctor.out
    assert "mini@" in models.out


def test_doctor_tells_what_is_wrong(run: Run, folder: Path, tmp_path: Path) -> None:
    ran = run("--library", folder, "doctor")

    assert ran.code == 1
    assert "WRONG  library" in ran.out
    assert "ok     encoder" in ran.out


def test_a_search_is_refined_kept_and_made_again(run: Run, folder: Path) -> None:
    run("index", folder)
    liked = ("--liked", folder / "blue sky.png")

    refined = json.loads(run("search", "something", *liked, "--save", "sky", "--json").out)
    again = json.loads(run("search", "--saved", "sky", "--json").out)

    assert refined[0]["path"] == str(folder / "blue sky.png")
    assert refined[0]["scores"]["feedback"] > 0
    assert again == refined
    assert "Hint: Known: sky." in run("search", "--saved", "sea").err
