"""How quick the window is: start-up, 100,000 results, scrolling, keystrokes, quick look.

    python -m tests.benchmarks.window [LIBRARY]

Without a screen (offscreen), over a fake library of 100,000 pictures; with LIBRARY, keystrokes are
also measured over that one. Times are those of the window's thread, in milliseconds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt, QTimer, qInstallMessageHandler
from PySide6.QtTest import QTest

from mmsearch.gui.door import OpenLibrary
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.running import library_opener, the_application
from mmsearch.gui.theme import Theme, ThemeMode
from mmsearch.gui.view_button import ResultView
from mmsearch.gui.window_state import WindowState
from mmsearch.present.arrangement import Order
from tests.benchmarks.report import print_report
from tests.gui.fake_library import FakeLibrary, made_hit

N_HITS = 100_000
N_FILES = 400
_START = """
import sys, time
from pathlib import Path
from mmsearch.gui import running
from mmsearch.gui.main_window import MainWindow
start = MainWindow.start
def begin(window):
    start(window)
    window.repaint()
    print("usable", flush=True)
    window.library.contents_changed.connect(lambda _: (print("opened", flush=True), window.close()))
MainWindow.start = begin
running.run(Path(sys.argv[1]))
"""


def start_up(work: Path) -> dict[str, float]:
    """Seconds from the start of the process until one can type, and until one can search."""
    usable_s, opened_s = [], []
    environment = {
        **os.environ,
        "XDG_CONFIG_HOME": str(work / "config"),
        "MMSEARCH_CACHE": str(work / "c"),
    }
    for _ in range(4):
        started_s = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-c", _START, str(work / "library")],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            assert process.stdout is not None
            for times in (usable_s, opened_s):
                process.stdout.readline()
                times.append(time.perf_counter() - started_s)
    # The first run compiles and fills the file cache.
    return {
        "usable_best_s": round(min(usable_s[1:]), 2),
        "usable_median_s": round(statistics.median(usable_s[1:]), 2),
        "library_open_best_s": round(min(opened_s[1:]), 2),
        "library_open_median_s": round(statistics.median(opened_s[1:]), 2),
    }


class Stage:
    """A window over some library, and a clock."""

    def __init__(self, open_library: OpenLibrary, work: Path) -> None:
        self.application = the_application()
        self.theme = Theme(self.application, ThemeMode.LIGHT)
        state = WindowState(work / "window.ini")
        self.window = MainWindow(
            open_library, self.theme, state, work / "cache", index_at_start=False
        )
        self.window.resize(1600, 1000)
        self.window.show()
        self.window.start()
        self.parts = self.window.parts
        self.until(lambda: self.parts.stack.currentWidget() is not self.parts.opening)

    def until(self, condition: Callable[[], bool], limit_s: float = 60.0) -> float:
        """Run the window until something is true; milliseconds it took."""
        started_s = time.perf_counter()
        while not condition():
            if time.perf_counter() - started_s > limit_s:
                raise TimeoutError("the window did not get there")
            self.application.processEvents()
        return (time.perf_counter() - started_s) * 1000

    def run_for(self, seconds: float) -> None:
        until_s = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > until_s)

    def ask(self, act: Callable[[], object]) -> float:
        """Milliseconds from an act to the painted answer."""
        answers: list[object] = []
        connection = self.window.search.answered.connect(answers.append)
        started_s = time.perf_counter()
        act()
        self.until(lambda: bool(answers))
        self.parts.results.grid.viewport().repaint()
        self.window.search.answered.disconnect(connection)
        return (time.perf_counter() - started_s) * 1000

    def press_enter(self, words: str) -> float:
        return self.ask(lambda: self.parts.search_box.set_text(words))

    def type_letter(self, letter: str) -> float:
        field = self.window.focusWidget()
        return self.ask(lambda: QTest.keyClicks(field, letter))


def first_paint(stage: Stage, view: ResultView) -> list[float]:
    """Milliseconds to show 100,000 results, five times."""
    hits = stage.window.library.library.search_all()  # type: ignore[union-attr]
    grid = stage.parts.results.grid
    stage.parts.stack.setCurrentWidget(stage.parts.results)
    stage.parts.results.head.view_button.set_view(view)
    stage.run_for(0.2)
    took = []
    for _ in range(5):
        started_s = time.perf_counter()
        stage.parts.result_model.set_hits(hits)
        grid.viewport().repaint()
        took.append(round((time.perf_counter() - started_s) * 1000, 1))
        stage.run_for(0.5)
    return took


def scrolling(
    stage: Stage, view: ResultView, *, step_px: int, seconds: float = 4.0
) -> dict[str, float]:
    """Gaps between the ticks of a 5 ms timer while scrolling 60 times a second."""
    results = stage.parts.results
    results.head.view_button.set_view(view)
    bar = (results.table if view is ResultView.LIST else results.grid).verticalScrollBar()
    bar.setValue(0)
    stage.run_for(0.5)
    ticks: list[float] = []
    watch = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
    watch.timeout.connect(lambda: ticks.append(time.perf_counter()))
    scroll = QTimer(interval=16, timerType=Qt.TimerType.PreciseTimer)
    scroll.timeout.connect(lambda: bar.setValue(bar.value() + step_px))
    watch.start()
    scroll.start()
    stage.run_for(seconds)
    scroll.stop()
    watch.stop()
    gaps_ms = np.diff(ticks) * 1000
    return {
        "p50_ms": round(float(np.percentile(gaps_ms, 50)), 1),
        "p99_ms": round(float(np.percentile(gaps_ms, 99)), 1),
        "worst_ms": round(float(gaps_ms.max()), 1),
    }


def switching(stage: Stage) -> dict[str, float]:
    """Longest gap of a 5 ms timer while the view changes, right after new results, 7 times each.

    ``own`` is the window's own time in a gap: where it is far less, other programs had the core.
    """
    hits = stage.window.library.library.search_all()  # type: ignore[union-attr]
    gaps: dict[ResultView, list[tuple[float, float]]] = {view: [] for view in ResultView}
    for view in list(ResultView) * 7:
        stage.run_for(0.2)
        ticks: list[tuple[float, float]] = []
        watch = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
        watch.timeout.connect(
            lambda ticks=ticks: ticks.append((time.perf_counter(), time.thread_time()))
        )
        watch.start()
        stage.run_for(0.05)
        stage.parts.result_model.set_hits(hits)
        stage.parts.results.head.view_button.set_view(view)
        stage.run_for(0.5)
        watch.stop()
        wall_ms, own_ms = (np.diff(np.array(ticks), axis=0).max(axis=0) * 1000).tolist()
        gaps[view].append((wall_ms, own_ms))
    report = {}
    for view, found in gaps.items():
        wall, own = zip(*found, strict=True)
        report[f"to_{view.value}_median_ms"] = round(statistics.median(wall), 1)
        report[f"to_{view.value}_worst_ms"] = round(max(wall), 1)
        report[f"to_{view.value}_worst_own_ms"] = round(max(own), 1)
    return report


def changes(stage: Stage) -> dict[str, float]:
    """Milliseconds to put 100,000 results into another order and to select all, painted."""
    results, took = stage.parts.results, {}
    stage.parts.result_model.set_hits(stage.window.library.library.search_all())  # type: ignore[union-attr]
    acts: dict[str, Callable[[], object]] = {
        f"order_{order.value}_ms": partial(results.head.set_order, order)
        for order in (Order.NAME, Order.NEWEST, Order.LARGEST, Order.MATCH)
    }
    for name, act in (acts | {"select_all_in_list_ms": results.table.selectAll}).items():
        started_s = time.perf_counter()
        act()
        results.repaint()
        stage.run_for(0)
        took[name] = round((time.perf_counter() - started_s) * 1000, 1)
        stage.run_for(0.3)
    return took


def keystrokes(stage: Stage) -> dict[str, float]:
    """Milliseconds from a key to painted results: Enter, and a letter with the debounce."""
    stage.parts.search_box.focus_input()
    stage.press_enter("warm up")
    entered = [stage.press_enter(f"a dog {number}") for number in range(7)]
    stage.parts.search_box.focus_input()
    stage.window.focusWidget().end(False)  # type: ignore[attr-defined]
    typed = [stage.type_letter(letter) for letter in "beach"]
    return {
        "enter_median_ms": round(statistics.median(entered), 1),
        "letter_median_ms": round(statistics.median(typed), 1),
    }


def quick_look(stage: Stage) -> dict[str, float]:
    """Milliseconds from a key to a painted quick look whose picture the grid has already."""
    look, grid = stage.parts.quick_look, stage.parts.results.grid
    grid.select_row(0)
    stage.run_for(1.0)
    took = []
    for act in [stage.window.actions_by_name["quick_look"].trigger] + [look.stepped.emit] * 6:
        started_s = time.perf_counter()
        act(1) if act == look.stepped.emit else act()
        look.repaint()
        took.append((time.perf_counter() - started_s) * 1000)
        stage.run_for(0.3)
    look.close_look()
    return {"median_ms": round(statistics.median(took), 1), "worst_ms": round(max(took), 1)}


class ManyPictures(FakeLibrary):
    """100,000 hits over a few hundred real pictures; answers at once."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folders = [folder]
        files = [_picture(folder, number) for number in range(N_FILES)]
        self.hits = [made_hit(rank, files[rank % N_FILES]) for rank in range(N_HITS)]

    def search_all(self) -> list[object]:
        return list(self.hits)


def _picture(folder: Path, number: int) -> Path:
    path = folder / f"{number:04}.jpg"
    chance = np.random.default_rng(number)
    coarse = chance.integers(0, 255, (6, 8, 3), dtype=np.uint8)
    Image.fromarray(coarse).resize((1024, 768), Image.Resampling.BICUBIC).save(path, quality=85)
    return path


def main() -> None:
    qInstallMessageHandler(lambda *_: None)
    sys.setswitchinterval(0.0005)  # as running.run() does
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        (work / "pictures").mkdir()
        report: dict[str, object] = {"start_up": start_up(work)}
        library = ManyPictures(work / "pictures")
        stage = Stage(lambda: library, work)
        for view in (ResultView.GRID, ResultView.ROWS):
            report[f"first paint of 100,000 results, {view.value}, ms"] = first_paint(stage, view)
        for view in (ResultView.GRID, ResultView.ROWS, ResultView.LIST):
            for name, step_px in (("slowly", 40), ("fast", 900)):
                found = scrolling(stage, view, step_px=step_px)
                report[f"scrolling {name}, {view.value}"] = found
        report["switching views"] = switching(stage)
        stage.parts.results.head.view_button.set_view(ResultView.LIST)
        report["changing 100,000 results"] = changes(stage)
        stage.parts.results.head.view_button.set_view(ResultView.GRID)
        report["keystroke to results"] = keystrokes(stage)
        report["quick look"] = quick_look(stage)
        stage.window.close()
        if len(sys.argv) > 1:
            real = Stage(library_opener(Path(sys.argv[1])), work)
            real.run_for(2.0)
            report["keystroke to results, real library"] = keystrokes(real)
            real.window.close()
        print_report(report)


if __name__ == "__main__":
    main()
