"""What a library learns: from what its files are called, from verdicts, and from rerankers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mmsearch.adapt.word_residual import LEAST_PICTURES
from mmsearch.adapting.adaptation import Adaptation
from mmsearch.adapting.seen_words import SeesWords
from mmsearch.answering import Answers, Ready
from mmsearch.encode.side_by_side import TEXT, SideBySide
from mmsearch.gallery import MODALITIES
from mmsearch.normalising.null_calibration import chance_sentences
from mmsearch.searching.anchors import fill_anchors
from mmsearch.searching.judges import Judges, everything_readable, sayings
from mmsearch.searching.picture_scores import PictureFile, PictureScores, has_reranker, token_ids
from mmsearch.store.told import Told
from mmsearch.types import F32, Modality

TellKind = Callable[[Modality, float], None]


class Learning:
    """The part of a library that adapts sentences to its owner's words."""

    _answers: Answers
    _told: Told
    _pictures: PictureScores
    _judges: Judges

    def adapt(
        self,
        *,
        on_progress: TellKind = lambda kind, done: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Adaptation | None:
        """Learn how this library's sentences have to be bent to find what they name.

        It learns from titles, from names that are words, from liked and disliked answers, and from
        what the reranker of pictures sees; for each kind of file apart. It is kept for a kind only
        if files that were held out are found better, by a paired test. Searches use what is kept
        at once; no stored vector changes.

        on_progress: told the kind that is looked at, and how much of it is done, from 0 to 1.
        stop: asked often; when it says so, nothing is changed and None comes back.
        Raises LibraryError when it cannot be kept.
        """

        def tell(kind: Modality, done: float) -> None:
            if stop():
                raise _StoppedError
            on_progress(kind, done)

        ready = self._answers.ready()
        try:
            return self._answers.adapt(ready, self._told.verdicts(), self._sees(ready), tell)
        except _StoppedError:
            return None

    def adaptation(self) -> Adaptation | None:
        """What was learned, and why what was not kept was refused; None where nothing is kept."""
        return self._answers.adaptation(self._answers.ready())

    def use_adaptation(self, on: bool) -> Adaptation | None:
        """Use what was learned, or leave it alone; None where nothing is kept."""
        return self._answers.switch_adaptation(on=on)

    def forget_adaptation(self) -> bool:
        """Throw away what was learned; whether there was something."""
        return self._answers.forget_adaptation()

    def score_anchors(
        self, model_id: str, *, how: str = "", n_sentence: int = 50
    ) -> Iterator[tuple[int, int]]:
        """Let a reranker score many sentences against all files, so that ANNCUR can go by that.

        how: it reads, "" for the usual way. Half of the sentences are what files say about
        themselves, half are everyday words. It takes long; what was scored is kept sentence by
        sentence, and the next run goes on there. Yields how many scores there are, and how many
        there will be. Raises ModelError and LibraryError.
        """
        opened = self._judges.opened(model_id, how)
        ready = self._answers.ready()
        said = sayings(ready.gallery, n_sentence // 2)
        words = chance_sentences()
        step = max(len(words) // max(n_sentence - len(said), 1), 1)
        sentences = list(dict.fromkeys([*said, *words[::step]]))[:n_sentence]
        rows, segments = everything_readable(ready.gallery, sees=opened.judge.sees)
        items = self._judges.items(ready.gallery, ready.root_paths, opened, rows, segments)
        yield from fill_anchors(self._judges.library, opened, sentences, items)

    def _sees(self, ready: Ready) -> SeesWords | None:
        """The reranker of pictures as a teacher; None where there is none."""
        encoder, gallery = ready.encoder, ready.gallery
        n_picture = int(gallery.n_of_kind[MODALITIES.index(Modality.IMAGE)])
        if n_picture < LEAST_PICTURES or not has_reranker(encoder):
            return None
        network = self._pictures.words_of(encoder)
        # With several encoders a sentence has a block of each, all of them together of length one.
        length = encoder.length_of(TEXT) if isinstance(encoder, SideBySide) else 1.0

        def evidence(rows: Sequence[int]) -> F32:
            files = [PictureFile(ready.path_of(row), gallery.content_ids[row]) for row in rows]
            return self._pictures.evidence(files, encoder)

        return SeesWords(
            network.pieces,
            network.weight / length,
            evidence,
            lambda text: token_ids(encoder, text),
        )


class _StoppedError(Exception):
    """Somebody wants no more of it."""
