"""Short films of two or three shots each, with sound, written by PyAV."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from making import sounds
from making.lamps import candle, traffic_light
from making.objects import hot_air_balloon, wall_clock
from making.rays import football
from making.scenery import city_night, fireworks, sunset_sea
from PIL import Image

WIDTH, HEIGHT = 320, 240
RATE_FPS = 12


@dataclass(frozen=True)
class Shot:
    """A part of a film: a picture for each moment, and what is heard."""

    length_s: float
    picture: Callable[[float], Image.Image]
    """From seconds since the start of the shot to a picture."""
    sound: Callable[[float], sounds.Sound]


def _bouncing(time_s: float) -> Image.Image:
    phase = (time_s * 1.05) % 1.0
    height = 1.0 + 1.5 * 4 * phase * (1 - phase)
    return football(WIDTH, HEIGHT, x=-2.2 + 1.1 * time_s, y=height, turn=-2.0 * time_s)


def _changing_lamp(time_s: float) -> Image.Image:
    lit = "red" if time_s < 2 else "amber" if time_s < 3 else "green"
    return traffic_light(WIDTH, HEIGHT, lit=lit)


def _over_city() -> Callable[[float], Image.Image]:
    city = city_night(WIDTH, HEIGHT)
    return lambda time_s: fireworks(WIDTH, HEIGHT, time_s=time_s, over=city)


def all_films() -> dict[str, list[Shot]]:
    """Every film of the collection: file name to shots."""
    return {
        "evening_at_the_sea.mp4": [
            Shot(
                4,
                lambda t: sunset_sea(WIDTH, HEIGHT, sun=0.5 - 0.1 * t, time_s=t),
                sounds.sea_waves,
            ),
            Shot(5, _over_city(), sounds.fireworks),
        ],
        "a_day_out.webm": [
            Shot(
                4,
                lambda t: hot_air_balloon(WIDTH, HEIGHT, x=0.25 + 0.12 * t, y=0.45 - 0.03 * t),
                sounds.birds,
            ),
            Shot(4, _bouncing, sounds.kicks),
        ],
        "in_town.mkv": [
            Shot(4, lambda t: wall_clock(WIDTH, HEIGHT, minute=9 + t / 6), sounds.clock_ticking),
            Shot(4.5, _changing_lamp, sounds.siren),
            Shot(3, lambda t: candle(WIDTH, HEIGHT, sway=float(np.sin(4 * t))), sounds.silence),
        ],
    }


def write_film(path: Path, shots: list[Shot]) -> None:
    """Write shots one after the other into a file; the suffix chooses the container."""
    import av

    video_codec = "libvpx-vp9" if path.suffix == ".webm" else "libx264"
    audio_codec = "aac" if path.suffix == ".mp4" else "libopus"
    with av.open(str(path), "w") as container:
        picture_stream = container.add_stream(video_codec, rate=RATE_FPS)
        picture_stream.width, picture_stream.height = WIDTH, HEIGHT
        picture_stream.pix_fmt = "yuv420p"
        picture_stream.options = {"crf": "36" if video_codec == "libvpx-vp9" else "27"}
        sound_stream = container.add_stream(audio_codec, rate=sounds.RATE_HZ, layout="mono")
        sound_stream.bit_rate = 32_000
        for number, picture in enumerate(_pictures(shots)):
            frame = av.VideoFrame.from_image(picture)
            frame.pts, frame.time_base = number, Fraction(1, RATE_FPS)
            container.mux(picture_stream.encode(frame))
        container.mux(picture_stream.encode(None))
        heard = np.concatenate([shot.sound(shot.length_s) for shot in shots])
        write_samples(container, sound_stream, heard)


def _pictures(shots: list[Shot]) -> Iterator[Image.Image]:
    for shot in shots:
        for number in range(round(shot.length_s * RATE_FPS)):
            yield shot.picture(number / RATE_FPS)


def write_samples(container: Any, stream: Any, samples: sounds.Sound) -> None:
    """Encode mono samples into a stream of an open container, to its end."""
    import av

    frame = av.AudioFrame.from_ndarray(samples[None].astype(np.float32), "fltp", "mono")
    frame.sample_rate, frame.pts = sounds.RATE_HZ, 0
    frame.time_base = Fraction(1, sounds.RATE_HZ)
    wanted = stream.format.name, stream.layout.name, stream.rate
    resampler = av.AudioResampler(*wanted, frame_size=stream.frame_size or None)
    for part in (*resampler.resample(frame), *resampler.resample(None)):
        container.mux(stream.encode(part))
    container.mux(stream.encode(None))
