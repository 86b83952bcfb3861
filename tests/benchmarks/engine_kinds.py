"""Ways to find the nearest of many vectors, all asked for the same: cosine less a term.

Each takes (n, dim) float16 unit vectors and a term a row when it is made, and answers with rows,
best first. What cannot subtract sees vectors with the term as one number more, against -1 in the
query. What is approximate finds candidates, which are ordered by the float16 vectors.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mmsearch.fuse.combine import top_rows
from mmsearch.types import F32
from mmsearch.vectors import Vectors

F16 = NDArray[np.float16]
Rows = NDArray[np.int64]
_BLOCK = 16_384


class Engine(Protocol):
    """One way to search."""

    bytes_a_segment: float
    """What has to be in memory; not what the exact scores of the candidates are read from."""

    def search(self, query: F32, n_hit: int, passes: NDArray[np.bool_] | None) -> Rows: ...


def _best(score: F32, n_hit: int, passes: NDArray[np.bool_] | None) -> Rows:
    mask = np.ones(len(score), bool) if passes is None else passes
    rows = top_rows(score, mask, n_hit)
    return rows[np.argsort(-score[rows], kind="stable")][:n_hit]


class Float32:
    """One matrix product by numpy."""

    def __init__(self, vectors: F16, terms: F32) -> None:
        self._vectors, self._terms = vectors.astype(np.float32), terms
        self.bytes_a_segment = 4 * vectors.shape[1]

    def search(self, query: F32, n_hit: int, passes: NDArray[np.bool_] | None) -> Rows:
        return _best(self._vectors @ query - self._terms, n_hit, passes)


class _Rescored:
    """Candidates by something approximate, ordered by float16."""

    n_candidate = 400
    bytes_a_segment = 0.0

    def __init__(self, vectors: F16, terms: F32) -> None:
        self._vectors, self._terms = vectors, terms

    def approximate(self, query: F32) -> F32:
        raise NotImplementedError

    def search(self, query: F32, n_hit: int, passes: NDArray[np.bool_] | None) -> Rows:
        return self._ordered(query, _best(self.approximate(query), self.n_candidate, passes), n_hit)

    def _ordered(self, query: F32, rows: Rows, n_hit: int) -> Rows:
        exact = self._vectors[rows].astype(np.float32) @ query - self._terms[rows]
        return rows[np.argsort(-exact, kind="stable")][:n_hit]


class EightBits(_Rescored):
    """What mmsearch does; the candidates' scores are made of 12 bits."""

    def __init__(self, vectors: F16, terms: F32) -> None:
        super().__init__(vectors, terms)
        self._held = Vectors.of(vectors)
        self.bytes_a_segment = vectors.shape[1] + 4

    def approximate(self, query: F32) -> F32:
        return self._held.products(query) - self._terms

    def _ordered(self, query: F32, rows: Rows, n_hit: int) -> Rows:
        exact = self._held.exact_products(rows, query) - self._terms[rows]
        return rows[np.argsort(-exact, kind="stable")][:n_hit]


class OneBit(_Rescored):
    """The signs of the numbers, compared by numpy's bitwise_count."""

    n_candidate = 10_000

    def __init__(self, vectors: F16, terms: F32) -> None:
        super().__init__(vectors, terms)
        signs = np.packbits(vectors > 0, axis=1).view(np.uint64)
        self._columns = np.ascontiguousarray(signs.T)
        self._dim = vectors.shape[1]
        self.bytes_a_segment = self._dim / 8

    def approximate(self, query: F32) -> F32:
        asked = np.packbits(query > 0).view(np.uint64)
        different = np.empty(len(self._terms), np.float32)
        for start in range(0, len(different), _BLOCK):
            block = self._columns[:, start : start + _BLOCK]
            counts = [np.bitwise_count(one ^ bits) for one, bits in zip(block, asked, strict=True)]
            different[start : start + _BLOCK] = np.sum(counts, axis=0, dtype=np.uint16)
        # The angle between two vectors is the share of signs in which they differ, times pi.
        return np.cos(different * np.float32(np.pi / self._dim)) - self._terms


class FourBits(_Rescored):
    """onnxruntime's product with weights of four bits, made for language models."""

    n_candidate = 1000
    _GROUP = 128

    def __init__(self, vectors: F16, terms: F32) -> None:
        super().__init__(vectors, terms)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        self._sessions = [
            onnxruntime.InferenceSession(self._graph(vectors[start : start + 250_000]), options)
            for start in range(0, len(vectors), 250_000)
        ]
        self.bytes_a_segment = vectors.shape[1] / 2 + 4 * vectors.shape[1] / self._GROUP

    def _graph(self, vectors: F16) -> bytes:
        from onnx import TensorProto, helper, numpy_helper

        n, dim = vectors.shape
        grouped = vectors.astype(np.float32).reshape(n, -1, self._GROUP)
        scale = np.abs(grouped).max(axis=2) / 7.5
        numbers = np.clip(np.rint(grouped / scale[..., None]) + 8, 0, 15).astype(np.uint8)
        held = numpy_helper.from_array(numbers[..., 0::2] | numbers[..., 1::2] << 4, "held")
        scales = numpy_helper.from_array(scale.ravel(), "scales")
        node = helper.make_node(
            "MatMulNBits", ["query", "held", "scales"], ["product"], domain="com.microsoft",
            K=dim, N=n, bits=4, block_size=self._GROUP, accuracy_level=4,
        )  # fmt: skip
        graph = helper.make_graph(
            [node],
            "products",
            [helper.make_tensor_value_info("query", TensorProto.FLOAT, [1, dim])],
            [helper.make_tensor_value_info("product", TensorProto.FLOAT, [1, n])],
            [held, scales],
        )
        imports = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        return bytes(
            helper.make_model(graph, opset_imports=imports, ir_version=9).SerializeToString()
        )

    def approximate(self, query: F32) -> F32:
        found = [session.run(None, {"query": query[None]})[0][0] for session in self._sessions]
        return np.concatenate(found) - self._terms


def _with_terms(vectors: F16, terms: F32, *, dim: int) -> F32:
    """The vectors with the term as one number more, and zeros up to a dimension."""
    wide = np.zeros((len(vectors), dim), np.float32)
    wide[:, : vectors.shape[1]] = vectors
    wide[:, vectors.shape[1]] = terms
    return wide


def _asking(query: F32, *, dim: int) -> F32:
    return np.concatenate([query, [-1], np.zeros(dim - len(query) - 1)]).astype(np.float32)


class Faiss(_Rescored):
    """An index of faiss by its name in index_factory; without it, filters are applied after."""

    bits = 8

    def __init__(self, vectors: F16, terms: F32) -> None:
        super().__init__(vectors, terms)
        import faiss

        faiss.omp_set_num_threads(2)
        self._dim = vectors.shape[1] + 8
        self._index = self._make(faiss)
        self._index.train(_with_terms(vectors[:100_000], terms[:100_000], dim=self._dim))
        for start in range(0, len(vectors), 100_000):
            some = slice(start, start + 100_000)
            self._index.add(_with_terms(vectors[some], terms[some], dim=self._dim))
        self.bytes_a_segment = self._dim * self.bits / 8

    def _make(self, faiss: Any) -> Any:
        return faiss.index_factory(self._dim, "SQ8", faiss.METRIC_INNER_PRODUCT)

    def search(self, query: F32, n_hit: int, passes: NDArray[np.bool_] | None) -> Rows:
        n_asked = self.n_candidate
        if passes is not None:
            n_asked = int(n_asked / max(passes.mean(), 0.02))
        _, found = self._index.search(_asking(query, dim=self._dim)[None], n_asked)
        rows = found[0][found[0] >= 0]
        return self._ordered(query, rows if passes is None else rows[passes[rows]], n_hit)


class FaissRabitq(Faiss):
    """One bit a number, as RaBitQ (Gao and Long 2024) estimates products of."""

    n_candidate = 4000
    bits = 1

    def _make(self, faiss: Any) -> Any:
        return faiss.index_factory(self._dim, "RR,RaBitQfs", faiss.METRIC_INNER_PRODUCT)


class Lance(_Rescored):
    """LanceDB without an index."""

    index: Any = None

    def __init__(self, vectors: F16, terms: F32) -> None:
        super().__init__(vectors, terms)
        import lancedb
        import pyarrow as pa

        self._dim = vectors.shape[1] + 8
        self._folder = tempfile.TemporaryDirectory()
        database = lancedb.connect(Path(self._folder.name))
        for start in range(0, len(vectors), 100_000):
            some = slice(start, start + 100_000)
            wide = _with_terms(vectors[some], terms[some], dim=self._dim).astype(np.float16)
            held = pa.FixedSizeListArray.from_arrays(pa.array(wide.ravel()), self._dim)
            rows = pa.table({"row": np.arange(start, start + len(wide)), "vector": held})
            if start:
                self._table.add(rows)
            else:
                self._table = database.create_table("vectors", rows)
        config = self._config()
        if config is not None:
            self._table.create_index("vector", config=config)

    def _config(self) -> Any:
        return None

    def search(self, query: F32, n_hit: int, passes: NDArray[np.bool_] | None) -> Rows:
        n_asked = self.n_candidate
        if passes is not None:
            n_asked = int(n_asked / max(passes.mean(), 0.02))
        asked = self._table.search(_asking(query, dim=self._dim)).distance_type("dot")
        if self._config() is not None:
            asked = asked.nprobes(50)
        found = asked.limit(n_asked).select(["row"]).to_arrow()["row"].to_numpy()
        return self._ordered(query, found if passes is None else found[passes[found]], n_hit)


class LancePq(Lance):
    """LanceDB with product quantisation in partitions."""

    n_candidate = 2000

    def _config(self) -> Any:
        from lancedb.index import IvfPq

        return IvfPq(distance_type="dot", num_sub_vectors=self._dim // 8)


class LanceRq(Lance):
    """LanceDB with RaBitQ in partitions."""

    n_candidate = 2000

    def _config(self) -> Any:
        from lancedb.index import IvfRq

        return IvfRq(distance_type="dot")


ENGINES: dict[str, type] = {
    "numpy float32": Float32,
    "mmsearch 8 bits": EightBits,
    "numpy 1 bit": OneBit,
    "onnxruntime 4 bits": FourBits,
    "faiss SQ8": Faiss,
    "faiss RaBitQ fast scan": FaissRabitq,
    "LanceDB exact": Lance,
    "LanceDB IVF_PQ": LancePq,
    "LanceDB IVF_RQ": LanceRq,
}
