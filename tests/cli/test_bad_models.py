"""Models that are wrong, cut short or malicious, through the command that people type.

Each is refused with one clear line; nothing of it stays installed, and none of its code is run.
"""

from __future__ import annotations

import errno
import json
import shutil
import struct
import urllib.request
import zipfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from mmsearch.encode.models import adding
from mmsearch.settings import models_path
from tests.encode.models.fake_hub import FakeAnswer, FakeHub
from tests.encode.towers.test_weights import Evil
from tests.tiny_models import needs, save_tiny_clip, save_tiny_text, save_tiny_xlm_clip

from .conftest import Ran, Run

pytestmark = needs("torch", "open_clip", "transformers")
WEIGHTS = "model.safetensors"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_text(tmp_path_factory.mktemp("sound") / "words")


@pytest.fixture
def model(sound: Path, tmp_path: Path) -> Path:
    """A copy that a test may spoil."""
    return Path(shutil.copytree(sound, tmp_path / "words"))


def assert_refused(ran: Ran, words: str) -> None:
    """One line that says it, at most one with a hint, and nothing half-installed."""
    assert ran.code == 1
    lines = ran.err.splitlines()
    (start,) = (place for place, line in enumerate(lines) if line.startswith("Error: "))
    told = lines[start:]  # before it stands what was done so far
    assert words in told[0]
    assert len(told[0]) < 420
    assert [line.partition(":")[0] for line in told[1:]] in ([], ["Hint"])
    assert "Traceback" not in ran.err
    assert not (models_path() / "words").exists()
    staging = models_path() / ".staging"
    left = [path for path in models_path().rglob("*") if path.is_file()]
    assert all(staging in path.parents for path in left)
    assert not any(path.name == "record.json" for path in left)


def change_config(model: Path, **changes: Any) -> None:
    content = json.loads((model / "config.json").read_text()) | changes
    (model / "config.json").write_text(json.dumps(content))


def evil_pickle(model: Path) -> None:
    import torch

    (model / WEIGHTS).unlink()
    torch.save({"x": Evil(model / "evil was here")}, model / "pytorch_model.bin")


def packed_bomb(model: Path) -> None:
    (model / WEIGHTS).unlink()
    with zipfile.ZipFile(model / "pytorch_model.bin", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.pkl", b"\0" * 50_000_000)


def head_bomb(model: Path) -> None:
    """A head that says it is as long as all memories together."""
    (model / WEIGHTS).write_bytes(struct.pack("<Q", 2**62) + b"{}" * 100)


def shape_bomb(model: Path) -> None:
    """A head that tells of a tensor far beyond the end of the file."""
    told = {"x": {"dtype": "F32", "shape": [2**40, 2**20], "data_offsets": [0, 2**62]}}
    head = json.dumps(told).encode()
    (model / WEIGHTS).write_bytes(struct.pack("<Q", len(head)) + head + b"\0" * 8)


def make_nan(model: Path) -> None:
    from safetensors.torch import load_file, save_file

    state = load_file(model / WEIGHTS)
    state["embeddings.word_embeddings.weight"][:] = float("nan")
    save_file(state, model / WEIGHTS, metadata={"format": "pt"})


def other_shapes(model: Path) -> None:
    from safetensors.torch import load_file, save_file

    state = load_file(model / WEIGHTS)
    state["embeddings.word_embeddings.weight"] = state["embeddings.word_embeddings.weight"][:, :7]
    state = {name: one.contiguous() for name, one in state.items()}
    save_file(state, model / WEIGHTS, metadata={"format": "pt"})


def no_tokens(model: Path) -> None:
    for path in model.glob("*token*"):
        path.unlink()


def code_of_its_own(model: Path) -> None:
    """As models with custom code come: the classes are named, and lie beside the weights."""
    code = f"open({str(model / 'evil was here')!r}, 'w').close()\nclass Words: pass\n"
    (model / "evil.py").write_text(code)
    change_config(
        model, model_type="evil", auto_map={"AutoConfig": "evil.Words", "AutoModel": "evil.Words"}
    )


def secret_link(model: Path) -> None:
    (model.parent / "secret.txt").write_text("secret")
    (model / "vocab.txt").unlink(missing_ok=True)
    (model / "vocab.txt").symlink_to(model.parent / "secret.txt")


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pickle with code": (evil_pickle, "a pickle with code"),
    "a packed bomb": (packed_bomb, "would unpack to 50,000,000 bytes"),
    "a head without end": (head_bomb, "damaged, cut short, or no file of weights"),
    "a shape without end": (shape_bomb, "damaged, cut short, or no file of weights"),
    "cut short": (
        lambda m: (m / WEIGHTS).write_bytes((m / WEIGHTS).read_bytes()[:-100]),
        "damaged, cut short",
    ),
    "nothing in it": (lambda m: (m / WEIGHTS).write_bytes(b""), "damaged, cut short"),
    "no numbers": (make_nan, "what are no numbers (NaN or infinity)"),
    "other shapes": (other_shapes, "cannot open bert"),
    "no tokens": (no_tokens, "files of the tokens"),
    "a width without end": (lambda m: change_config(m, hidden_size=10**7), "million parameters"),
    "words without end": (lambda m: change_config(m, vocab_size=10**11), "million parameters"),
    "texts without end": (
        lambda m: change_config(m, max_position_embeddings=10**9),
        "million parameters",
    ),
    "layers without end": (
        lambda m: change_config(m, intermediate_size=10**10),
        "million parameters",
    ),
    "no configuration": (lambda m: (m / "config.json").write_text("{"), "cannot be read"),
    "a nest of brackets": (
        lambda m: (m / "config.json").write_text("[" * 200_000),
        "config.json cannot be read",
    ),
    "code of its own": (code_of_its_own, "comes with code of its own, which is not run"),
    "a link that leads out": (secret_link, "vocab.txt is a link that leads out of the folder"),
    "several files of weights": (
        lambda m: [(m / WEIGHTS).rename(m / "one.pt"), (m / "two.pt").touch()],
        "several files of weights",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_with_a_folder(name: str, run: Run, model: Path) -> None:
    spoil, words = BAD[name]
    spoil(model)
    assert_refused(run("models", "add", model), words)
    assert not (model / "evil was here").exists()


def test_no_code_of_a_tokenizer_is_run_and_nobody_is_asked_whether_it_may(
    run: Run, tmp_path: Path
) -> None:
    """open_clip hands its configuration on to transformers, which would take the wish to trust."""
    model = save_tiny_xlm_clip(tmp_path / "words")
    mark = tmp_path / "evil was here"
    (model / "evil.py").write_text(f"open({str(mark)!r}, 'w').close()\nclass Tokens: pass\n")
    tokens = json.loads((model / "tokenizer_config.json").read_text())
    tokens |= {"tokenizer_class": "Tokens", "auto_map": {"AutoTokenizer": ["evil.Tokens", None]}}
    (model / "tokenizer_config.json").write_text(json.dumps(tokens))
    run("models", "add", model)  # it may find a way without the code
    assert not mark.exists()
    run("models", "remove", "words")

    content = json.loads((model / "open_clip_config.json").read_text())
    content["model_cfg"]["text_cfg"]["tokenizer_kwargs"] = {"trust_remote_code": True}
    (model / "open_clip_config.json").write_text(json.dumps(content))
    assert_refused(run("models", "add", model), "asks for 'trust_remote_code'")
    assert not mark.exists()


@pytest.mark.parametrize("changes", [
    {"embed_dim": 10**8},
    {"text_cfg": {"context_length": 10**9, "vocab_size": 49408, "width": 16, "layers": 2}},
    {"vision_cfg": {"image_size": 10**6, "patch_size": 1, "width": 32, "layers": 2}},
    {"vision_cfg": {"image_size": 32, "mlp_ratio": 1e9, "width": 32, "layers": 2}},
])  # fmt: skip
def test_absurd_sizes_of_open_clip(changes: dict[str, Any], run: Run, tmp_path: Path) -> None:
    model = save_tiny_clip(tmp_path / "words")
    content = json.loads((model / "open_clip_config.json").read_text())
    content["model_cfg"] |= changes
    (model / "open_clip_config.json").write_text(json.dumps(content))
    assert_refused(run("models", "add", model), "million parameters")


def test_links_of_the_hubs_own_cache_are_followed(run: Run, sound: Path, tmp_path: Path) -> None:
    snapshot = tmp_path / "models--me--words" / "snapshots" / "words"
    blobs = tmp_path / "models--me--words" / "blobs"
    blobs.mkdir(parents=True)
    for place, path in enumerate(sorted(path for path in sound.rglob("*") if path.is_file())):
        shutil.copy(path, blobs / str(place))
        link = snapshot / path.relative_to(sound)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(blobs / str(place))
    assert run("models", "add", snapshot).code == 0


def test_a_full_disk(run: Run, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"free": 1000})
    with monkeypatch.context() as patch:
        patch.setattr("shutil.disk_usage", lambda path: usage)
        assert_refused(run("models", "add", model), "has 0 MB left")

    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr(adding.shutil, "copyfile", full)
    ran = run("models", "add", model)
    assert_refused(ran, "No space left on device")
    assert "Make room on the disk." in ran.err


# Getting --------------------------------------------------------------------------------


@pytest.fixture
def hub(sound: Path, monkeypatch: pytest.MonkeyPatch) -> FakeHub:
    """The hub, which has all-MiniLM-L6-v2, at the place where the program asks for it."""
    names = ("config.json", "modules.json", WEIGHTS, "tokenizer.json", "tokenizer_config.json",
             "1_Pooling/config.json")  # fmt: skip
    files = {name: (sound / name).read_bytes() for name in names}
    hub = FakeHub("sentence-transformers/all-MiniLM-L6-v2", files, frozenset({WEIGHTS}))
    answer(monkeypatch, hub)
    return hub


def answer(
    monkeypatch: pytest.MonkeyPatch,
    asked: Callable[[str, Mapping[str, str]], AbstractContextManager[FakeAnswer]],
) -> None:
    def urlopen(
        request: urllib.request.Request, timeout: float
    ) -> AbstractContextManager[FakeAnswer]:
        return asked(request.full_url, dict(request.header_items()))

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)


def test_a_model_is_got(run: Run, hub: FakeHub) -> None:
    ran = run("models", "get", "all-minilm-l6")
    assert ran.code == 0, ran.err
    assert "Licence: Apache-2.0" in ran.out
    assert run("models", "verify", "all-minilm-l6").out == "all-minilm-l6: sound\n"
    assert "installed already" in run("models", "get", "all-minilm-l6").err


def test_a_download_that_breaks_off_is_gone_on_with(run: Run, hub: FakeHub) -> None:
    hub.breaks_after = 3000
    for _ in range(3):
        ran = run("models", "get", "all-minilm-l6")
        if ran.code == 0:
            break
        assert_refused(ran, "The connection broke after")
        assert "You can also fetch these files on another computer" in ran.err
    hub.breaks_after, before = None, len(hub.asked)
    assert run("models", "get", "all-minilm-l6").code == 0
    ranges = [wanted for _, wanted in hub.asked[before:] if wanted]
    assert ranges, "it goes on where it was"


def test_another_file_than_was_listed(
    run: Run, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hub.listing()
    monkeypatch.setattr(hub, "listing", lambda: before)
    hub.files[WEIGHTS] = bytes(len(hub.files[WEIGHTS]))
    assert_refused(run("models", "get", "all-minilm-l6"), "wrong checksum")


def test_no_network(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(url: str, headers: Mapping[str, str]) -> AbstractContextManager[FakeAnswer]:
        raise urllib.error.URLError("Name or service not known")

    answer(monkeypatch, offline)
    ran = run("models", "get", "mobileclip-s1")
    assert_refused(ran, "The hub cannot be reached: Name or service not known.")
    assert "Licence: apple-amlr, not for commercial use" in ran.out
    assert "open_clip_config.json" in ran.err
    assert "mmsearch models add FOLDER --id mobileclip-s1" in ran.err


def test_a_licence_that_forbids_commercial_use_is_shown(run: Run, tmp_path: Path) -> None:
    told = "Its licence (apple-amlr) does not allow commercial use."
    model = save_tiny_clip(tmp_path / "MobileCLIP-S1-OpenCLIP")
    assert told in run("models", "add", model).out
    assert told in run("models", "use", "mobileclip-s1").out
    assert "not for commercial use" in run("models", "show", "mobileclip-s1").out
    (line,) = (line for line in run("models", "list").out.splitlines() if "mobileclip-s1 " in line)
    assert "not for commercial use" in line
