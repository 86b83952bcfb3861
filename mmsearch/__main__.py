"""``python -m mmsearch`` is the command ``mmsearch``."""

from mmsearch.cli.app import run

if __name__ == "__main__":
    run()
