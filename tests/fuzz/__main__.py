"""Fuzz the decoders at length: ``python -m tests.fuzz --n 20000 --seed 1 --folder /tmp/fuzz``."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from pathlib import Path

import click

from tests.fuzz.campaign import run_campaign


@click.command()
@click.option("--n", "n_file", default=2_000, help="How many files.")
@click.option("--seed", default=0, help="Which ones.")
@click.option("--workers", "n_workers", default=2, help="How many decoding processes.")
@click.option("--folder", type=click.Path(path_type=Path), required=True, help="Work folder.")
def main(n_file: int, seed: int, n_workers: int, folder: Path) -> None:
    """Break files and decode them; prints what became of them and fails on any trespass."""
    started_s = time.monotonic()
    outcome = run_campaign(folder, n_file, seed, n_workers=n_workers)
    run = {"seed": seed, "n_file": n_file, "took_s": round(time.monotonic() - started_s, 1)}
    print(json.dumps(run | asdict(outcome), indent=1))
    if outcome.trespasses or outcome.n_unanswered:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
