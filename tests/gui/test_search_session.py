"""Debounce, one query at a time, stale answers dropped."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mmsearch.errors import QueryError, UserError
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.search_session import DEBOUNCE_MS, SHOW_BUSY_AFTER_MS, Answer, SearchSession
from mmsearch.types import Query
from tests.conftest import PATIENCE_MS, PATIENCE_S
from tests.gui.fake_library import FakeLibrary


class Listener:
    def __init__(self, session: SearchSession) -> None:
        self.answers: list[Answer] = []
        self.errors: list[UserError] = []
        self.busy: list[bool] = []
        self.n_cleared = 0
        session.answered.connect(self.answers.append)
        session.failed.connect(self.errors.append)
        session.busy_changed.connect(self.busy.append)
        session.cleared.connect(self._on_cleared)

    def _on_cleared(self) -> None:
        self.n_cleared += 1

    def texts(self) -> list[str]:
        return [answer.query.text for answer in self.answers]


@pytest.fixture
def session(jobs: Jobs, library: FakeLibrary) -> SearchSession:
    made = SearchSession(jobs)
    made.set_library(library)
    return made


@pytest.fixture
def heard(session: SearchSession) -> Listener:
    return Listener(session)


def test_typing_asks_once_it_rests(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    session._debounce.setInterval(PATIENCE_MS)
    for text in ("d", "do", "dog"):
        session.type(Query(text=text))
        qtbot.wait(10)
    assert library.queries == [], "nothing is asked while somebody types"
    session._debounce.setInterval(DEBOUNCE_MS)
    qtbot.waitUntil(lambda: heard.texts() == ["dog"])
    assert [query.text for query in library.queries] == ["dog"]


def test_enter_asks_at_once_and_only_once(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    session.type(Query(text="dog"))
    session.ask(Query(text="dog"))
    assert library.queries or heard.answers == []
    qtbot.waitUntil(lambda: heard.texts() == ["dog"])
    qtbot.wait(DEBOUNCE_MS + 50)
    assert len(library.queries) == 1


def test_a_stale_answer_is_dropped(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    gate = threading.Event()
    started = threading.Event()

    def wait_for_slow(query: Query) -> None:
        if query.text == "slow":
            started.set()
            gate.wait(PATIENCE_S)

    library.search_gate = wait_for_slow
    session.ask(Query(text="slow"))
    assert started.wait(PATIENCE_S)
    session.ask(Query(text="in between"))
    session.ask(Query(text="newest"))
    gate.set()
    qtbot.waitUntil(lambda: bool(heard.answers))
    qtbot.wait(30)
    assert heard.texts() == ["newest"]
    assert [query.text for query in library.queries] == ["slow", "newest"], "never asked in vain"


def test_an_empty_query_clears_and_drops_what_runs(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    gate = threading.Event()
    library.search_gate = lambda query: gate.wait(PATIENCE_S) and None
    session.ask(Query(text="dog"))
    session.ask(Query(text="  "))
    gate.set()
    qtbot.wait(50)
    assert heard.n_cleared == 1
    assert heard.answers == []
    assert heard.busy[-1] is False


def test_a_query_waits_for_the_library(qtbot: QtBot, jobs: Jobs, library: FakeLibrary) -> None:
    session = SearchSession(jobs)
    heard = Listener(session)
    session.ask(Query(text="early"))
    qtbot.wait(20)
    assert library.queries == []
    session.set_library(library)
    qtbot.waitUntil(lambda: heard.texts() == ["early"])


def test_what_searches_need_is_loaded_while_nobody_waits(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    qtbot.waitUntil(lambda: library.n_prepared == 1)
    assert heard.busy == []
    assert library.queries == []


def test_an_error_in_the_query_is_told(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    library.search_error = QueryError("The example is gone.", "Choose another.")
    session.ask(Query(like=(Path("/gone.jpg"),)))
    qtbot.waitUntil(lambda: len(heard.errors) == 1)
    assert heard.errors[0].message == "The example is gone."
    assert heard.busy[-1] is False


def test_busy_is_shown_only_when_it_takes_a_while(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    session._busy_soon.setInterval(PATIENCE_MS)
    session.ask(Query(text="quick"))
    qtbot.waitUntil(lambda: len(heard.answers) == 1)
    assert True not in heard.busy
    session._busy_soon.setInterval(SHOW_BUSY_AFTER_MS)
    gate = threading.Event()
    library.search_gate = lambda query: gate.wait(PATIENCE_S) and None
    session.ask(Query(text="slow"))
    qtbot.waitUntil(lambda: True in heard.busy)
    gate.set()
    qtbot.waitUntil(lambda: len(heard.answers) == 2)
    assert heard.busy[-1] is False


def test_repeat_asks_the_newest_query_again(
    qtbot: QtBot, session: SearchSession, heard: Listener
) -> None:
    session.repeat()
    session.ask(Query(text="dog"))
    qtbot.waitUntil(lambda: len(heard.answers) == 1)
    session.repeat()
    qtbot.waitUntil(lambda: heard.texts() == ["dog", "dog"])


def test_the_same_words_while_typing_ask_nothing_new(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    session.ask(Query(text="dog"))
    qtbot.waitUntil(lambda: len(heard.answers) == 1)
    session.type(Query(text="dog"))
    qtbot.wait(DEBOUNCE_MS + 50)
    assert len(library.queries) == 1


def test_a_better_order_comes_after_the_first_one(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    library.refines = True
    session.ask(Query(text="dog"))
    qtbot.waitUntil(lambda: len(heard.answers) == 2, timeout=PATIENCE_MS)
    assert [query.rerank for query in library.queries] == ["auto", "picture-words"]
    assert [answer.query for answer in heard.answers] == [Query(text="dog")] * 2
    assert [answer.is_refined for answer in heard.answers] == [False, True]
    assert not any(answer.again for answer in heard.answers)


def test_a_new_question_drops_the_better_order_of_the_last_one(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    library.refines = True
    gate, started = threading.Event(), threading.Event()

    def hold_refining(query: Query) -> None:
        if query == Query(text="old", rerank="picture-words"):
            started.set()
            gate.wait(PATIENCE_S)

    library.search_gate = hold_refining
    session.ask(Query(text="old"))
    qtbot.waitUntil(started.is_set, timeout=PATIENCE_MS)
    session.ask(Query(text="new"))
    gate.set()
    qtbot.waitUntil(lambda: len(heard.answers) == 3, timeout=PATIENCE_MS)
    assert heard.texts() == ["old", "new", "new"]
    assert [answer.is_refined for answer in heard.answers] == [False, False, True]


def test_what_changed_in_the_library_is_shown_in_the_better_order_at_once(
    qtbot: QtBot, session: SearchSession, heard: Listener, library: FakeLibrary
) -> None:
    library.refines = True
    session.ask(Query(text="dog"))
    qtbot.waitUntil(lambda: len(heard.answers) == 2, timeout=PATIENCE_MS)
    session.repeat()
    qtbot.waitUntil(lambda: len(heard.answers) == 3, timeout=PATIENCE_MS)
    assert heard.answers[-1].is_refined
    assert heard.answers[-1].again
    assert len(library.queries) == 3
