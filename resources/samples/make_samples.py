"""Make the pictures, sounds and videos of the sample collection anew.

    .venv/bin/python resources/samples/make_samples.py [FOLDER]

Everything is drawn and computed here: no photograph or recording of anyone else is in it. The
code samples are ordinary files beside this one. Needs what mmsearch itself needs, and the program
espeak-ng for the spoken sentence.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from making import lamps, objects, plants, rays, scenery, sounds
from making.films import all_films, write_film, write_samples

HERE = Path(__file__).resolve().parent

PICTURES = {
    "mountain_lake.jpg": scenery.mountain_lake,
    "sunset_beach.jpg": scenery.sunset_sea,
    "city_at_night.jpg": scenery.city_night,
    "milky_way.jpg": scenery.starry_sky,
    "daisies.jpg": plants.daisies,
    "wall_clock.png": objects.wall_clock,
    "hot_air_balloon.jpg": objects.hot_air_balloon,
    "spider_web.webp": objects.spider_web,
    "lighthouse.jpg": objects.lighthouse,
    "fern.webp": plants.fern,
    "marbles.jpg": rays.marbles,
    "football.jpg": rays.football,
    "traffic_light.jpg": lamps.traffic_light,
    "candle.jpg": lamps.candle,
}

SOUNDS = {
    "rain.ogg": sounds.rain,
    "sea_waves.ogg": sounds.sea_waves,
    "church_bells.mp3": sounds.church_bells,
    "siren.ogg": sounds.siren,
    "guitar.flac": sounds.guitar,
    "drum_loop.wav": sounds.drum_loop,
    "birds.ogg": sounds.birds,
    "clock_ticking.mp3": sounds.clock_ticking,
    "helicopter.m4a": sounds.helicopter,
}

SENTENCE = "Good morning. This voice was made by a program. One, two, three, four, five."

_CODECS = {
    ".ogg": "libopus",
    ".mp3": "libmp3lame",
    ".flac": "flac",
    ".wav": "pcm_s16le",
    ".m4a": "aac",
}


def write_sound(path: Path, samples: sounds.Sound) -> None:
    """Write mono samples; the suffix chooses the format."""
    import av

    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(_CODECS[path.suffix], rate=sounds.RATE_HZ, layout="mono")
        if path.suffix in {".ogg", ".mp3", ".m4a"}:
            stream.bit_rate = 32_000
        write_samples(container, stream, samples)


def make_all(folder: Path) -> None:
    """Write the three parts of the collection that are made by programs."""
    for name in ("pictures", "sounds", "videos"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, draw in PICTURES.items():
        picture = draw()
        if name.endswith(".png"):
            # Few colours, so that the file is small.
            picture = picture.quantize(64)
        picture.save(folder / "pictures" / name, quality=85, method=6, optimize=True)
    for name, play in SOUNDS.items():
        write_sound(folder / "sounds" / name, play())
    write_sound(folder / "sounds" / "spoken_numbers.ogg", sounds.speech(SENTENCE))
    for name, shots in all_films().items():
        write_film(folder / "videos" / name, shots)


if __name__ == "__main__":
    make_all(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
