"""Moments of films whose shots are made by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmsearch.fuse.films import film_moments, relevance_curve
from mmsearch.fuse.match import match_logits, match_strength, null_of
from mmsearch.fuse.moments import Curve, Likeness, curve, moments
from mmsearch.gallery import Gallery
from mmsearch.types import Modality, TimeRange
from tests.galleries import gallery_of


def likeness_of(scenes: str) -> Likeness:
    """Shots named by letters: those of one letter are surely alike, others surely not."""
    return Likeness(np.eye(26, dtype=np.float32)[[ord(one) - ord("a") for one in scenes]], 0.5, 0.1)


def film_of(scenes: str, relevance: list[float], length_s: float = 2.0) -> Curve:
    starts_s = length_s * np.arange(len(scenes))
    ranges = np.stack([starts_s, starts_s + length_s], axis=1)
    return curve(ranges, np.array(relevance, np.float32), likeness_of(scenes))


def found_in(scenes: str, relevance: list[float]) -> list[tuple[int, int]]:
    film = film_of(scenes, relevance)
    return [(one.first, one.last) for one in moments(film, likeness_of(scenes), most=5)]


def test_shots_of_one_scene_are_one_moment() -> None:
    assert found_in("aabbbcc", [-3, -3, 2, -1, 2, -3, -3])[0] == (2, 4)


def test_other_scenes_are_another_moment() -> None:
    assert found_in("abcd", [3, -4, -4, 2]) == [(0, 0), (3, 3)]


def test_relevant_neighbours_are_one_moment_though_they_look_different() -> None:
    assert found_in("abcdef", [-5, 4, 3.5, 4.2, -5, -5])[0] == (1, 3)


def test_a_film_of_one_shot_is_one_moment() -> None:
    assert found_in("a", [-7]) == [(0, 0)]


def test_a_film_in_which_nothing_stands_out_has_its_first_scene() -> None:
    assert found_in("aabb", [1, 1, 1, 1]) == [(0, 1)]


def test_a_cut_stays_sharp_and_a_scene_is_smoothed() -> None:
    film = film_of("aabb", [4, 0, -4, -4])
    assert film.smooth[:2] == pytest.approx([2, 2], abs=0.1)
    assert film.smooth[2:] == pytest.approx([-4, -4], abs=0.1)


def test_long_shots_count_for_more() -> None:
    ranges = np.array([[0.0, 9.0], [9.0, 10.0]])
    film = curve(ranges, np.array([4, 0], np.float32), likeness_of("aa"))
    assert film.smooth.tolist() == pytest.approx([3.6, 3.6], abs=0.05)


@given(st.text("abc", min_size=1, max_size=12), st.data())
def test_moments_share_no_shot_and_the_first_has_the_peak(scenes: str, data: st.DataObject) -> None:
    numbers = st.floats(-8, 8, width=32)
    relevance = data.draw(st.lists(numbers, min_size=len(scenes), max_size=len(scenes)))
    film, likeness = film_of(scenes, relevance), likeness_of(scenes)

    found = moments(film, likeness, most=4)

    assert found[0].relevance == film.smooth.max()
    assert 1 <= len(found) <= 4
    assert all(one.first <= one.best <= one.last for one in found)
    for one, other in itertools.combinations(found, 2):
        assert one.last < other.first or other.last < one.first


def film_with_sound() -> Gallery:
    """A picture, and a film of three shots with two windows of sound, stored sound first."""
    vectors = np.eye(4, dtype=np.float32)[[3, 0, 0, 1, 2, 2]]
    seconds = [[np.nan, np.nan], [0, 5], [2.5, 7.5], [4, 8], [2, 4], [0, 2]]
    gallery = gallery_of(
        segments_per_content=[1, 5],
        kinds=[Modality.IMAGE, Modality.VIDEO],
        vectors=vectors,
        locators=np.array(seconds, float),
    )
    gallery.kind[1:3] = list(Modality).index(Modality.AUDIO)
    return gallery


def test_a_film_is_looked_at_through_its_pictures_or_its_sound() -> None:
    gallery = film_with_sound()
    logit = np.array([0, 3, -3, -2, 2, 1], np.float32)

    null = null_of(gallery, logit)
    seen = film_moments(gallery, logit, 4, {}, null)
    heard = film_moments(gallery, logit, 1, {}, null)

    assert seen[0].range == TimeRange(0, 4)
    assert seen[0].best == TimeRange(2, 4)
    odds = float(match_logits(logit[4:5], gallery.kind[4:5], null)[0])
    assert seen[0].match == pytest.approx(match_strength(odds))
    assert heard[0].range.start_s == 0


def test_a_curve_goes_through_all_shots_in_the_order_of_time() -> None:
    gallery, logit = film_with_sound(), np.zeros(6, np.float32)
    told = relevance_curve(gallery, logit, 3, {}, null_of(gallery, logit))

    assert told.parts == (TimeRange(0, 2), TimeRange(2, 4), TimeRange(4, 8))
    assert len(set(told.matches)) == 1
    assert told.key_parts == (0, 1, 2)
    assert told.to_json()["parts"][0] == {
        "start_s": 0,
        "end_s": 2,
        "match": round(told.matches[0], 4),
    }


def test_a_picture_has_no_moments() -> None:
    gallery, logit = film_with_sound(), np.zeros(6, np.float32)
    null = null_of(gallery, logit)
    assert film_moments(gallery, logit, 0, {}, null) == ()
    with pytest.raises(ValueError, match="films and sounds"):
        relevance_curve(gallery, logit, 0, {}, null)
