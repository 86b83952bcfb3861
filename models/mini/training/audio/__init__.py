"""Training of the audio tower; see run.py."""
