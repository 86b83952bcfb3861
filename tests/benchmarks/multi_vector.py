"""Things of many vectors: does Chamfer find the other half of a file, and how near do fixed
encodings (MUVERA) come to it?

    python -m tests.benchmarks.multi_vector [--files 400]

Files are the longest of Python's own library, cut into pieces as the library cuts them. The even
pieces of a file, 16 at most, ask for its odd ones, which lie among those of all files. Compared
are the best pair of pieces (what a search by example went by), the product of the means, and
Chamfer. Then fixed encodings choose candidates, which Chamfer orders: how many of Chamfer's own
ten best are among them, and what it takes.
"""

from __future__ import annotations

import argparse
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from mmsearch.decode.decoder import decode_file
from mmsearch.decode.options import DecodeOptions
from mmsearch.encode.encoder import Encoder
from mmsearch.encode.mini.bundle import open_encoder
from mmsearch.rerank.chamfer import chamfer
from mmsearch.rerank.fixed_encoding import FixedEncoding
from mmsearch.types import F32, Modality, Segment
from tests.benchmarks.report import print_report

_LEAST_PIECES, _MOST_PIECES = 8, 128
_CANDIDATES = (20, 50, 100)
_REPEATS = 5
_ENCODINGS = {
    "2560": FixedEncoding(384, 4, 16, 10),
    "5120": FixedEncoding(384, 4, 16, 20),
    "10240": FixedEncoding(384, 5, 16, 20),
    "10240 to 1024": FixedEncoding(384, 5, 16, 20, 1024),
}


def halves(n_file: int, encoder: Encoder, work: Path) -> tuple[list[F32], list[F32]]:
    """The vectors of the even and of the odd pieces of files; kept between runs."""
    kept = work / f"pieces {n_file}.npz"
    if not kept.is_file():
        work.mkdir(parents=True, exist_ok=True)
        np.savez(kept, *_embedded(n_file, encoder))
    with np.load(kept) as content:
        vectors = [content[name] for name in content.files]
    return [one[::2][:16] for one in vectors], [one[1::2] for one in vectors]


def _embedded(n_file: int, encoder: Encoder) -> list[F32]:
    folder = Path(sysconfig.get_path("stdlib"))
    paths = [path for path in folder.rglob("*.py") if "site-packages" not in path.parts]
    paths.sort(key=lambda path: (-path.stat().st_size, path.as_posix()))
    found: list[F32] = []
    for path in paths:
        items = list(decode_file(path, Modality.CODE, DecodeOptions()))
        pieces = [one.content for one in items if isinstance(one, Segment)][:_MOST_PIECES]
        if len(pieces) >= _LEAST_PIECES:
            found.append(encoder.encode_contents(Modality.CODE, pieces))
        if len(found) == n_file:
            break
    return found


def reciprocal_rank(asked: list[F32], score: Callable[[F32], F32]) -> float:
    """Of the other half of the same file, the mean over all."""
    told = [score(one) for one in asked]
    return float(np.mean([1 / (1 + (one > one[n]).sum()) for n, one in enumerate(told)]))


def best_pair(query: F32, vectors: F32, starts: np.ndarray) -> F32:
    """The best product of any two vectors: (n_item,)."""
    return np.asarray(np.maximum.reduceat((vectors @ query.T).max(axis=1), starts))


def seconds(work: Callable[[], object]) -> float:
    """The shortest of some runs."""
    found = []
    for _ in range(_REPEATS):
        before_s = time.perf_counter()
        work()
        found.append(time.perf_counter() - before_s)
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--work", type=Path, default=Path(".cache/multi_vector"))
    options = parser.parse_args()
    asked, items = halves(options.files, open_encoder(), options.work)
    vectors = np.concatenate(items)
    starts = np.cumsum([0, *map(len, items[:-1])])
    means = np.stack([one.mean(axis=0) for one in items])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    report: dict[str, dict[str, float]] = {
        "reciprocal rank of the other half": {
            "best pair": reciprocal_rank(asked, lambda one: best_pair(one, vectors, starts)),
            "means": reciprocal_rank(asked, lambda one: means @ one.mean(axis=0)),
            "Chamfer": reciprocal_rank(asked, lambda one: chamfer(one, vectors, starts)),
        },
        "size": {"files": len(items), "pieces": len(vectors)},
    }
    exact = [np.argsort(-chamfer(one, vectors, starts))[:10] for one in asked]
    exact_s = seconds(lambda: chamfer(asked[0], vectors, starts))
    for name, encoding in _ENCODINGS.items():
        encoded = encoding.of_items(vectors, starts)
        told = [encoded @ encoding.of_query(one) for one in asked]
        report[f"fixed encoding, {name}"] = {
            f"Chamfer's ten among {n}, %": 100 * _recall(told, exact, n) for n in _CANDIDATES
        } | {
            "encoding an item, ms": 1e3
            * seconds(lambda used=encoding: used.of_items(vectors, starts))
            / len(items),
            "times as fast as Chamfer": exact_s
            / seconds(lambda made=encoded, used=encoding: made @ used.of_query(asked[0])),
        }
    by_means = [means @ one.mean(axis=0) for one in asked]
    report["means"] = {
        f"Chamfer's ten among {n}, %": 100 * _recall(by_means, exact, n) for n in _CANDIDATES
    }
    print_report({name: {k: round(v, 3) for k, v in row.items()} for name, row in report.items()})


def _recall(told: list[F32], exact: list[np.ndarray], n: int) -> float:
    shares = [
        len(set(np.argsort(-scores)[:n].tolist()) & set(best.tolist())) / len(best)
        for scores, best in zip(told, exact, strict=True)
    ]
    return float(np.mean(shares))


if __name__ == "__main__":
    main()
