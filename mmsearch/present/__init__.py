"""How a hit is shown: thumbnails, waveforms, excerpts, and words for numbers. No Qt here."""
