"""The map of a library: what is alike lies together, always in the same place."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mmsearch.gallery import empty_gallery
from mmsearch.present.library_map import LibraryMap, file_vectors, map_positions, map_rows
from mmsearch.present.map_file import load_positions, save_positions
from mmsearch.present.map_layout import plane_layout, principal_components
from mmsearch.present.neighbours import nearest_neighbours
from mmsearch.types import F32, Modality, TimeRange
from tests.galleries import gallery_of
from tests.oracles.neighbours import exact_neighbours, neighbours_kept


def vectors_of_topics(n: int, n_topic: int = 20, dim: int = 48) -> F32:
    random = np.random.default_rng(5)
    topics = random.standard_normal((n_topic, dim))
    vectors = topics[np.arange(n) % n_topic] + 0.7 * random.standard_normal((n, dim))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


@pytest.mark.parametrize("n", [30, 1000])
def test_neighbours_are_nearly_always_found(n: int) -> None:
    vectors = vectors_of_topics(n, dim=16)
    found = nearest_neighbours(vectors, 5)
    true = exact_neighbours(vectors, np.arange(n), 5)
    kept = np.mean([np.isin(one, other).mean() for one, other in zip(true, found, strict=True)])
    assert kept > (0.999 if n <= 64 else 0.85)
    assert not (found == np.arange(n)[:, None]).any(), "nothing is its own neighbour"
    assert all(len(set(row)) == 5 for row in found.tolist()), "and none counts twice"


def test_of_few_points_all_are_neighbours() -> None:
    assert nearest_neighbours(np.eye(3, dtype=np.float32), 4).tolist() == [
        [1, 2, -1, -1],
        [0, 2, -1, -1],
        [0, 1, -1, -1],
    ]


def test_near_duplicates_land_near_each_other() -> None:
    vectors = vectors_of_topics(1200)
    noise = np.random.default_rng(6).normal(0, 0.003, (100, vectors.shape[1]))
    vectors = np.concatenate([vectors, vectors[:100] + noise.astype(np.float32)])
    plane = plane_layout(vectors)
    apart = np.linalg.norm(plane[:100] - plane[1200:], axis=1)
    random = np.random.default_rng(7).permutation(1200)
    anyone = np.linalg.norm(plane[:1200] - plane[random], axis=1)
    assert np.median(apart) < 0.05 * np.median(anyone)
    assert np.percentile(apart, 95) < 0.25 * np.median(anyone)


def test_a_map_keeps_more_neighbours_than_its_first_two_components() -> None:
    vectors = vectors_of_topics(900)
    some = np.arange(0, 900, 7)
    kept = neighbours_kept(vectors, plane_layout(vectors), some)
    assert kept > neighbours_kept(vectors, principal_components(vectors, 2), some) + 0.2


def test_a_map_is_the_same_each_time_and_fills_the_square() -> None:
    vectors = vectors_of_topics(300)
    plane = plane_layout(vectors)
    assert np.array_equal(plane, plane_layout(vectors))
    assert np.abs(plane).max() == pytest.approx(1, abs=1e-5)
    assert plane.dtype == np.float32


@pytest.mark.parametrize("n", [0, 1, 2, 3, 9, 70])
def test_equal_vectors_and_few_of_them_have_places(n: int) -> None:
    plane = plane_layout(np.ones((n, 8), np.float32))
    assert plane.shape == (n, 2)
    assert np.isfinite(plane).all()
    assert np.abs(plane).max(initial=0) <= 1


def test_what_is_common_to_a_kind_does_not_count() -> None:
    vectors = vectors_of_topics(40, n_topic=4)
    of_sounds = vectors[:20] + 0.5  # the gap between towers
    kinds = [Modality.AUDIO] * 20 + [Modality.IMAGE] * 20
    gallery = gallery_of(
        segments_per_content=[1] * 40,
        kinds=kinds,
        vectors=np.concatenate([of_sounds, vectors[:20]]),
    )
    unit = file_vectors(gallery, map_rows(gallery)[0])
    assert unit[:20] == pytest.approx(unit[20:], abs=3e-3)
    assert np.linalg.norm(unit, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_file_lies_where_the_mean_of_its_segments_is() -> None:
    vectors = vectors_of_topics(5)
    gallery = gallery_of(segments_per_content=[2, 3], vectors=vectors)
    centred = vectors - vectors.mean(axis=0)
    sums = np.stack([centred[:2].sum(axis=0), centred[2:].sum(axis=0)])
    wanted = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    assert file_vectors(gallery, np.array([0, 1])) == pytest.approx(wanted, abs=1e-3)


def test_copies_share_a_point_and_too_many_files_are_sampled() -> None:
    gallery = gallery_of(segments_per_content=[1] * 50, vectors=vectors_of_topics(50))
    rows, n_file = map_rows(gallery, most=20)
    assert (len(rows), n_file) == (20, 50)
    assert np.array_equal(rows, map_rows(gallery, most=20)[0])
    assert (np.diff(rows) > 0).all()
    gallery.asset_content[:3] = (7, 7, -1)
    rows, n_file = map_rows(gallery)
    assert n_file == 47
    assert {0, 3} <= set(rows.tolist())
    assert not {1, 2, 7} & set(rows.tolist())


def test_an_empty_library_has_an_empty_map() -> None:
    gallery = empty_gallery("fake@1", 8)
    rows, n_file = map_rows(gallery)
    assert (len(rows), n_file) == (0, 0)
    assert map_positions(gallery, rows).shape == (0, 2)


def test_a_point_is_a_hit_and_a_film_shows_its_middle(tmp_path: Path) -> None:
    gallery = gallery_of(
        segments_per_content=[3, 1],
        paths=["films/a.mp4", "b.jpg"],
        kinds=[Modality.VIDEO, Modality.IMAGE],
        locators=np.array([[0, 1], [1, 2], [2, 3], [np.nan, np.nan]]),
    )
    (tmp_path / "b.jpg").touch()
    positions = np.zeros((2, 2), np.float32)
    roots = {"root": tmp_path}
    drawn = LibraryMap(positions, np.arange(2), gallery.asset_modality, 2, gallery, roots)
    film, picture = drawn.hit(0), drawn.hit(1)
    assert (film.path, film.locator) == (tmp_path / "films" / "a.mp4", TimeRange(1, 2))
    assert film.offline
    assert (picture.modality, picture.locator) == (Modality.IMAGE, None)
    assert not picture.offline


def test_a_kept_map_is_good_for_its_generation_alone(tmp_path: Path) -> None:
    rows, positions = np.arange(3), np.ones((3, 2), np.float32)
    assert load_positions(tmp_path, 4, rows) is None
    save_positions(tmp_path, 4, rows, positions)
    kept = load_positions(tmp_path, 4, rows)
    assert kept is not None
    assert np.array_equal(kept, positions)
    assert load_positions(tmp_path, 5, rows) is None
    assert load_positions(tmp_path, 4, rows[:2]) is None
    (file,) = tmp_path.rglob("*.npz")
    file.write_bytes(file.read_bytes()[:100])
    assert load_positions(tmp_path, 4, rows) is None
    file.write_bytes(b"")
    assert load_positions(tmp_path, 4, rows) is None


def test_where_nothing_can_be_kept_the_map_is_drawn_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "map").touch()
    save_positions(tmp_path, 1, np.arange(1), np.zeros((1, 2), np.float32))
    assert "cannot keep the map" in caplog.text
