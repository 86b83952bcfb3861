"""The parts of the picture head's training that a mistake would spoil unseen."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch.nn import functional

from mmsearch.errors import UserError
from models.mini.training.image import packages
from models.mini.training.image.drawings import read_drawing
from models.mini.training.image.features import keep, look
from models.mini.training.image.fit import contrastive, optimiser_of, running_mean
from models.mini.training.image.head import Anchors, Head, Together
from models.mini.training.image.measure import found, mean_average_precision, ranks, recall
from models.mini.training.image.named import NAMED_VIEWS, NamedPicture, look_named
from models.mini.training.image.ship import joined, write_row
from models.mini.training.image.sources import shows_something, titled
from models.mini.training.image.words import unit

OPTIONS = argparse.Namespace(
    hidden=8, dropout=0.4, noise=0.1, power=0.3, read_weight=0.9, read_temperature=2.4
)


def head(seed: int) -> Head:
    torch.manual_seed(seed)
    anchors = Anchors(torch.rand(1000, 384), 0.8, 2.0)
    one = Head(OPTIONS, torch.rand(1600), 0.5 + torch.rand(1600), anchors).eval()
    torch.nn.init.normal_(one.out.weight)
    return one


def test_joined_heads_give_the_sum() -> None:
    heads, features = [head(0), head(1)], torch.rand(5, 1600)
    together = Together(heads, OPTIONS, features)
    tensors = joined(together)
    hidden = functional.gelu(features @ tensors["hidden.weight"].T + tensors["hidden.bias"])
    vectors = features @ tensors["linear.weight"].T + tensors["linear.bias"]
    vectors = vectors + hidden @ tensors["out.weight"].T + tensors["out.bias"]
    with torch.no_grad():
        both = heads[0](features) + heads[1](features)
        torch.testing.assert_close(vectors, both, atol=1e-3, rtol=1e-3)
    assert tensors["learned_length"].item() == pytest.approx(float(both.norm(dim=1).median()))
    assert tensors["learned_power"].item() == pytest.approx(0.3)


def test_an_unsure_head_leaves_more_to_the_anchors() -> None:
    one, features = head(0), torch.rand(5, 1600)
    usual = Together([one], OPTIONS, features)(features)
    torch.nn.init.constant_(one.linear.weight, 0.0)  # what is left of the head points nowhere far
    one.linear.bias.data *= 1e-3
    one.out.weight.data *= 1e-3
    unsure = Together([one], OPTIONS, features)
    unsure.length = 1e3
    anchors = unit(one.anchors(features).detach())
    assert ((unsure(features) * anchors).sum(1) > (usual * anchors).sum(1)).all()


def test_joined_heads_have_the_mean_of_the_anchors() -> None:
    heads = [head(0), head(1)]
    mean = (heads[0].anchors.vectors + heads[1].anchors.vectors).detach() / 2
    tensors = joined(Together(heads, OPTIONS, torch.rand(5, 1600)))
    torch.testing.assert_close(tensors["anchors"], mean)
    assert tensors["anchor_weight"].item() == pytest.approx(0.9)
    assert tensors["anchor_temperature"].item() == pytest.approx(2.4)


def test_anchors_are_fitted_but_not_pulled_to_zero() -> None:
    one = head(0)
    other, anchors = optimiser_of(one, 3e-4).param_groups
    assert anchors["params"][0] is one.anchors.vectors
    assert (anchors["lr"], anchors["weight_decay"]) == (3e-4, 0.0)
    assert other["weight_decay"] > 0
    assert len(other["params"]) == len(list(one.parameters())) - 1


def test_right_captions_cost_less() -> None:
    torch.manual_seed(0)
    captions = unit(torch.randn(16, 2, 384))
    right = unit(captions.sum(1))
    wrong = right.roll(1, 0)
    assert contrastive(right, captions, 0.3) < contrastive(wrong, captions, 0.3) - 1


def test_soft_targets_do_not_cost_more_for_like_captions() -> None:
    """Two pictures with one caption: to mistake them costs nothing when targets are soft."""
    torch.manual_seed(0)
    captions = unit(torch.randn(16, 2, 384))
    captions[1] = captions[0]
    vectors = unit(captions.sum(1) + 0.5 * torch.randn(16, 384))
    swapped = vectors.clone()
    swapped[[0, 1]] = vectors[[1, 0]]
    torch.testing.assert_close(
        contrastive(vectors, captions, 1.0), contrastive(swapped, captions, 1.0)
    )


def test_the_running_mean_forgets_the_start() -> None:
    mean = torch.tensor(100.0)
    for step in range(400):
        mean = running_mean(mean, torch.tensor(1.0), step)
    assert abs(float(mean) - 1) < 1e-3


def test_ranks_in_both_directions() -> None:
    """Three pictures of five captions; the captions of the last are all like the first picture."""
    scores = torch.zeros(15, 3)
    scores[:5, 0], scores[5:10, 1] = 1.0, 1.0
    scores[10:, 0], scores[10:, 2] = 0.9, 0.5
    forth, back = ranks(scores)
    assert forth.tolist() == [0] * 10 + [1] * 5
    assert back.tolist() == [0, 0, 0]
    assert recall(forth, 1) == pytest.approx(66.7)


def test_mean_average_precision() -> None:
    scores = torch.tensor([[0.9, 0.8, 0.7, 0.6], [0.1, 0.2, 0.3, 0.4]])
    labels = torch.tensor([0, 1, 0, 1])
    # First row: right at places 1 and 3; second row, from the last: right at 1 and 3.
    assert mean_average_precision(scores, labels) == pytest.approx((1 + 2 / 3) / 2)


def test_found_counts_names_with_any_right_picture() -> None:
    scores = torch.tensor([[0.9, 0.1, 0.2], [0.9, 0.8, 0.1]])
    labels = torch.tensor([0, 0, 1])
    assert found(scores, labels, 1) == 50.0
    assert found(scores, labels, 3) == 100.0


def test_views(tmp_path: Path) -> None:
    """A picture, left black and right white: flipped, and cut to a part of it."""
    pixels = np.zeros((60, 80, 3), np.uint8)
    pixels[:, 40:] = 255
    path = tmp_path / "halves.png"
    Image.fromarray(pixels).save(path)
    chance = np.random.default_rng(0)
    whole, flipped = look(path, "whole", chance), look(path, "flipped", chance)
    np.testing.assert_array_equal(whole, flipped[:, ::-1])
    crops = [look(path, "crop 1", chance) for _ in range(8)]
    assert {crop.shape for crop in crops} == {(224, 224, 3)}
    assert len({float(crop.mean()) for crop in crops}) == 8


def test_a_broken_off_file_is_not_taken_for_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, array: np.ndarray) -> None:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(np, "save", broken)
    with pytest.raises(KeyboardInterrupt):
        keep(tmp_path / "features.npy", np.zeros(3))
    assert not (tmp_path / "features.npy").exists()


def test_the_catalogue_row_is_renewed(tmp_path: Path) -> None:
    weights, catalog = tmp_path / "head.safetensors", tmp_path / "catalog.toml"
    weights.write_bytes(b"weights")
    row = 'path = "mini/{}"\nsha256 = "00"\nsize_bytes = 1\n'
    catalog.write_text(row.format("other.safetensors") + row.format(weights.name))
    write_row(weights, catalog)
    text = catalog.read_text()
    assert text.startswith(row.format("other.safetensors"))
    assert text.endswith("size_bytes = 7\n")
    with pytest.raises(SystemExit, match="no row"):
        write_row(tmp_path / "head.safetensors", tmp_path / "head.safetensors")


SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
 <metadata><rdf:RDF><Work xmlns="http://web.resource.org/cc/"><dc:title>{title}</dc:title>
  <dc:subject><rdf:Bag><rdf:li>hash</rdf:li><rdf:li>Music</rdf:li><rdf:li>x2</rdf:li></rdf:Bag>
 </dc:subject></Work></rdf:RDF></metadata>
 <rect x="0" y="0" width="20" height="20" fill="red"/></svg>"""


@pytest.mark.usefixtures("qapp")  # or it would make one that later tests cannot use
def test_a_drawing_is_cut_to_what_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "half.svg"
    path.write_text(SVG.format(title="Half"))
    drawing = read_drawing(path)
    assert drawing is not None
    assert abs(drawing.width - drawing.height) <= 2
    assert drawing.getpixel((60, 60)) == (255, 0, 0, 255)
    Image.new("RGBA", (90, 90)).save(tmp_path / "empty.png")
    assert read_drawing(tmp_path / "empty.png") is None


@pytest.mark.parametrize(
    ("title", "stem", "expected"),
    [
        ("violin_01", "a", "violin"),
        ("Etiquette Icons", "binoculars", "binoculars"),
        ("SVG Road Signs", "tall_tree_dan_gerhards_01", "tall tree"),
        ("", "nothing", ""),
    ],
)
def test_titles(tmp_path: Path, title: str, stem: str, expected: str) -> None:
    path = tmp_path / f"{stem}.svg"
    path.write_text(SVG.format(title=title))
    found_title, tags = titled(path)
    assert found_title == expected
    assert tags == (["music"] if expected else [])


def test_emoji_that_show_something() -> None:
    assert shows_something("🎻", "violin")
    assert not shows_something("🇫🇷", "flag: France")
    assert not shows_something("👍🏽", "thumbs up: medium skin tone")
    assert not shows_something("©", "copyright")


def test_named_views(tmp_path: Path) -> None:
    """A red drawing: in the middle of white, elsewhere on another ground, always to be seen."""
    drawing, ground = tmp_path / "red.png", tmp_path / "ground.png"
    Image.new("RGBA", (60, 30), (255, 0, 0, 255)).save(drawing)
    Image.new("RGB", (224, 224), (0, 0, 255)).save(ground)
    chance = np.random.default_rng(0)
    views = {view: look_named(drawing, view, chance, [ground]) for view in NAMED_VIEWS}
    assert {pixels.shape for pixels in views.values()} == {(224, 224, 3)}
    assert views["white"][0, 0].tolist() == [255, 255, 255]
    assert views["white"][112, 112].tolist() == [255, 0, 0]
    for pixels in views.values():
        assert (pixels == (255, 0, 0)).all(2).mean() > 0.1
    assert (views["photo 1"] == (0, 0, 255)).all(2).mean() > 0.2


def test_a_name_is_held_out_with_all_its_pictures() -> None:
    names = [f"thing {number}" for number in range(300)]
    held = [NamedPicture(Path("a"), name, [name]).is_dev for name in names]
    assert held == [NamedPicture(Path("b"), name.upper(), ["x"]).is_dev for name in names]
    assert 10 < sum(held) < 60
    assert NamedPicture(Path("a"), "b", ["b", "c"]).texts() == ["b", "c"] * 3


def test_a_package_in_the_work_folder_is_not_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def run(command: list[str], *, cwd: Path, **_: object) -> None:
        calls.append(command[0])
        Path(command[-1]).mkdir()

    monkeypatch.setattr(packages.subprocess, "run", run)
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "drawings_1_all.deb").write_bytes(b"")
    folder = packages.unpacked(tmp_path, "drawings")
    assert folder.is_dir()
    assert packages.unpacked(tmp_path, "drawings") == folder
    assert calls == ["dpkg-deb"]


def test_a_missing_package_is_told_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError) as caught:
        packages.unpacked(tmp_path, "drawings")
    assert "drawings" in caught.value.message
    assert str(tmp_path / "packages") in caught.value.hint
