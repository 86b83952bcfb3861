"""Results arrive in the window's thread, in small portions, and closing leaves nothing behind."""

from __future__ import annotations

import itertools
import sys
import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from mmsearch.errors import UserError
from mmsearch.gui import jobs as module
from mmsearch.gui.jobs import Job, Jobs, Lane, Task
from tests.conftest import PATIENCE_S
from tests.gui.conftest import working_threads


def ignore(_: object) -> None:
    """Nobody wants it."""


def start(
    jobs: Jobs,
    work: Callable[[Task], object],
    *,
    lane: Lane = Lane.MEDIA,
    on_done: Callable[[object], None] = ignore,
    on_error: Callable[[UserError], None] = ignore,
    on_progress: Callable[[object], None] = ignore,
) -> module.JobHandle:
    return jobs.start(lane, Job(work, on_done, on_error, on_progress))


def test_work_runs_elsewhere_and_the_result_arrives_here(qtbot: QtBot, jobs: Jobs) -> None:
    threads: list[str] = []
    results: list[object] = []

    def work(task: Task) -> int:
        threads.append(threading.current_thread().name)
        return 42

    def on_done(result: object) -> None:
        results.append((result, threading.current_thread() is threading.main_thread()))

    start(jobs, work, on_done=on_done)
    qtbot.waitUntil(lambda: results == [(42, True)])
    assert threads[0].startswith("mmsearch-media")
    assert jobs.n_waiting() == 0


@pytest.mark.parametrize("lane", [Lane.LIBRARY, Lane.SEARCH])
def test_the_library_and_the_search_have_one_thread_each(
    qtbot: QtBot, jobs: Jobs, lane: Lane
) -> None:
    running: list[int] = []
    most: list[int] = []
    done: list[object] = []

    def work(task: Task) -> None:
        running.append(1)
        most.append(len(running))
        time.sleep(0.005)
        running.pop()

    for _ in range(6):
        start(jobs, work, lane=lane, on_done=done.append)
    qtbot.waitUntil(lambda: len(done) == 6)
    assert max(most) == 1


def test_a_user_error_is_delivered_as_such(qtbot: QtBot, jobs: Jobs) -> None:
    errors: list[UserError] = []

    def work(task: Task) -> None:
        raise UserError("The disk is full.", "Make room.")

    start(jobs, work, on_error=errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert errors[0].hint == "Make room."


def test_a_bug_is_raised_in_the_window_thread(qtbot: QtBot, jobs: Jobs) -> None:
    done: list[object] = []
    with capture_exceptions() as bugs:
        start(jobs, lambda task: 1 // 0)
        start(jobs, lambda task: "still working", on_done=done.append)
        qtbot.waitUntil(lambda: bool(done) and bool(bugs))
    assert [bug[0] for bug in bugs] == [ZeroDivisionError]


def test_progress_comes_in_order_before_the_result(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[object] = []

    def work(task: Task) -> str:
        for step in range(50):
            task.report(step)
        return "done"

    start(jobs, work, on_done=seen.append, on_progress=seen.append)
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == "done")
    assert seen == [*range(50), "done"]


def test_stop_is_seen_by_the_work_and_the_result_still_comes(qtbot: QtBot, jobs: Jobs) -> None:
    results: list[object] = []

    def work(task: Task) -> str:
        while not task.stopped():
            time.sleep(0.001)
        return "stopped early"

    start(jobs, work, on_done=results.append).stop()
    qtbot.waitUntil(lambda: results == ["stopped early"])


def test_a_dropped_job_delivers_nothing(qtbot: QtBot, jobs: Jobs) -> None:
    started, gate = threading.Event(), threading.Event()
    results: list[object] = []

    def work(task: Task) -> str:
        started.set()
        gate.wait(PATIENCE_S)
        task.report("progress")
        return "too late"

    lane = Lane.SEARCH  # of one thread: what comes later is delivered later
    dropped = start(jobs, work, lane=lane, on_done=results.append, on_progress=results.append)
    assert started.wait(PATIENCE_S)
    dropped.drop()
    gate.set()
    start(jobs, lambda task: "wanted", lane=lane, on_done=results.append)
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["wanted"]


def test_a_dropped_job_that_still_waits_is_never_run(qtbot: QtBot, jobs: Jobs) -> None:
    gate = threading.Event()
    ran: list[str] = []
    done: list[object] = []
    start(jobs, lambda task: gate.wait(PATIENCE_S), lane=Lane.SEARCH)
    start(jobs, lambda task: ran.append("stale"), lane=Lane.SEARCH).drop()
    start(jobs, lambda task: ran.append("newest"), lane=Lane.SEARCH, on_done=done.append)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 1)
    assert ran == ["newest"]


def test_many_results_leave_room_for_the_window(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timer of the window fires while 400 slow deliveries wait: they do not come in one go."""
    monkeypatch.setattr(module, "DRAIN_BUDGET_S", 0.002)
    delivered: list[object] = []
    at_ticks: list[int] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: at_ticks.append(len(delivered)))
    timer.start()

    def on_done(result: object) -> None:
        time.sleep(0.0005)
        delivered.append(result)

    for number in range(400):
        start(jobs, lambda task, number=number: number, on_done=on_done)
    while len(jobs._mail) < 400:  # all of them are there before the window looks
        time.sleep(0.005)
    qtbot.waitUntil(lambda: len(delivered) == 400)
    timer.stop()
    portions = [later - sooner for sooner, later in itertools.pairwise(at_ticks)]
    assert max(portions) < 40, "between two ticks of the window only a few are delivered"


def test_closing_leaves_no_thread_and_delivers_nothing_more(qtbot: QtBot) -> None:
    jobs = Jobs()
    results: list[object] = []
    for lane in Lane:
        for _ in range(5):
            start(jobs, lambda task: time.sleep(0.01), lane=lane, on_done=results.append)
    jobs.close()
    assert not working_threads()
    qtbot.wait(20)
    assert results == []
    assert jobs.n_waiting() == 0


def test_closing_twice_is_harmless(qtbot: QtBot) -> None:
    jobs = Jobs()
    jobs.close()
    jobs.close()


def test_workers_hold_no_widget(qtbot: QtBot, jobs: Jobs) -> None:
    """What a job holds while it runs elsewhere: its work, and no callback of the window."""
    held: list[object] = []

    class Widget(QObject):
        def take(self, result: object) -> None:
            held.append(result)

    widget = Widget()
    gate = threading.Event()
    start(jobs, lambda task: gate.wait(PATIENCE_S), on_done=widget.take).drop()
    before = sys.getrefcount(widget)
    gate.set()
    jobs.close()
    assert sys.getrefcount(widget) <= before
    assert sys.getrefcount(widget) == 2, "only this test holds it"


def test_emitting_takes_no_reference_off_true(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on Python 3.11 does, and ends the process after a few hundred signals."""

    class Sender(QObject):
        sent = Signal(bool)

    sender = Sender()
    before = sys.getrefcount(True)
    for _ in range(100):
        sender.sent.emit(True)
    assert abs(sys.getrefcount(True) - before) < 50
