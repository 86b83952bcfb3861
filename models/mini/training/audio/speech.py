"""Speech from espeak-ng: many voices, languages, pitches and speeds."""

from __future__ import annotations

import io
import subprocess

import numpy as np
import soundfile
from numpy.random import Generator
from scipy.signal import resample_poly

from .signals import F32, RATE_HZ, unit

SENTENCES = {
    "en-us": (
        "the weather tomorrow will be sunny with a little wind from the west",
        "please remember to buy milk, bread and two dozen eggs on the way home",
        "good morning everyone and welcome to the meeting, let us begin",
        "I do not think that this is the right train, we should ask somebody",
        "once upon a time there was a small house at the edge of a dark forest",
        "yes. no. maybe. wait a moment, please. thank you very much",
        "the results of the experiment were surprising, even to the authors",
        "one two three four five six seven eight nine ten",
    ),
    "en-gb": (
        "could you tell me where I can find the nearest post office",
        "this is the news at nine o'clock, read from the studio in London",
        "she sold the old piano and moved to a village by the sea",
    ),
    "de": (
        "guten Morgen, wie geht es Ihnen heute",
        "der Zug nach Hamburg hat zehn Minuten Verspätung",
    ),
    "fr-fr": ("bonjour, je voudrais un café et un croissant", "il fait très beau aujourd'hui"),
    "es": (
        "buenos días, dónde está la estación de tren",
        "me gusta mucho la música de esta ciudad",
    ),
    "it": ("buongiorno, vorrei due biglietti per Roma", "che bella giornata per una passeggiata"),
    "ru": ("доброе утро, как у вас дела сегодня",),
    "pt": ("bom dia, onde fica o mercado mais próximo",),
    "sv": ("god morgon, vad kostar det här brödet",),
    "cmn": ("你好我想买两张票",),
    "hi": ("नमस्ते आप कैसे हैं",),
    "pl": ("dzień dobry, gdzie jest dworzec kolejowy",),
    "tr": ("günaydın, bugün hava çok güzel",),
}
VARIANTS = (
    "m1",
    "m2",
    "m3",
    "m4",
    "m5",
    "m6",
    "m7",
    "f1",
    "f2",
    "f3",
    "f4",
    "f5",
    "croak",
    "klatt2",
)
HELD_OUT = {
    "nl": ("goedemorgen, waar is het station", "het regent vandaag de hele dag"),
    "en-gb-scotland": ("the children walked along the river until the sun went down",),
}


def speak(rng: Generator, *, held_out: bool = False) -> tuple[str, F32]:
    """One spoken sentence with words for it: "speech" or "whispering"."""
    table = HELD_OUT if held_out else SENTENCES
    voice = str(rng.choice(list(table)))
    sentence = str(rng.choice(table[voice]))
    whisper = rng.random() < 0.1
    variant = "whisper" if whisper else str(rng.choice(VARIANTS))
    command = ["espeak-ng", "-v", f"{voice}+{variant}", "-s", str(rng.integers(110, 230))]
    command += ["-p", str(rng.integers(5, 99)), "--stdout", sentence]
    wave = subprocess.run(command, check=True, capture_output=True).stdout
    samples, rate = soundfile.read(io.BytesIO(wave), dtype="float32")
    at_rate = resample_poly(samples, RATE_HZ, rate)[: 6 * RATE_HZ]
    return ("whispering" if whisper else "speech"), unit(np.asarray(at_rate))
