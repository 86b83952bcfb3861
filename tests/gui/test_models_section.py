"""Models on the settings page: what is shown, what switching costs, and what is done."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mmsearch.encode.models.download import Stopped
from mmsearch.encode.models.folder import installed_models
from mmsearch.encode.models.known import KnownModel, known_model, known_models
from mmsearch.encode.models.overview import all_models
from mmsearch.encode.models.roles import Role
from mmsearch.encode.models.switching import switching_s
from mmsearch.errors import ModelError
from mmsearch.gui import models_flow
from mmsearch.gui.library_session import Indexing
from mmsearch.gui.main_window import MainWindow
from mmsearch.gui.model_line import ModelLine
from mmsearch.gui.models_section import ModelsSection
from mmsearch.gui.theme import Theme
from mmsearch.settings import load_settings
from mmsearch.settings_file import save_setting
from mmsearch.types import Modality
from tests.gui.asking import answered, ask
from tests.gui.conftest import MakeWindow
from tests.gui.fake_library import FakeLibrary
from tests.tiny_models import install

IMAGE, VIDEO, AUDIO, CODE = Modality


@pytest.fixture
def section(qtbot: QtBot, theme: Theme) -> ModelsSection:
    made = ModelsSection(theme)
    qtbot.addWidget(made)
    made.resize(600, 800)
    made.show()
    return made


def shown_buttons(line: ModelLine) -> list[str]:
    made = (line.use, *line.roles.values(), line.get, line.remove)
    return [one.text() for one in made if one.isVisibleTo(line)]


def test_what_is_shown_of_each_model(section: ModelsSection) -> None:
    install("sounds", AUDIO)
    install("pictures", IMAGE, VIDEO)
    section.show_models(all_models(["sounds"]))
    lines = {line.model.id: line for line in section.lines}
    assert shown_buttons(lines["mini"]) == ["Use it alone"]
    assert shown_buttons(lines["sounds"]) == []
    assert shown_buttons(lines["pictures"]) == ["Use", "Remove"]
    assert shown_buttons(lines["siglip2-b16"]) == ["Download"]
    assert lines["pictures"].words() == "Pictures Pictures, videos · 7 B · licence not stated"
    assert "about 1.5 GB · Apache-2.0" in lines["siglip2-b16"].words()
    assert "apple-amlr, not for commercial use" in lines["mobileclip-s2"].words()
    assert lines["msmarco-minilm"].words().startswith("MS MARCO MiniLM-L6 cross-encoder Orders")


def test_what_else_models_are_asked_for(section: ModelsSection) -> None:
    install("ears", family="whisper")
    install("judge", family="cross_encoder")
    install("blip", IMAGE, VIDEO, family="blip")
    asked = {Role.SPEECH: "ears", Role.RERANKER: "blip"}
    section.show_models(all_models(["blip"], asked))
    lines = {line.model.id: line for line in section.lines}
    assert shown_buttons(lines["ears"]) == ["Stop using"]
    assert shown_buttons(lines["judge"]) == ["Use", "Remove"]
    assert shown_buttons(lines["blip"]) == ["Stop reordering"]
    assert lines["ears"].words().startswith("Ears Writes down what is said")
    assert lines["ears"].roles[Role.SPEECH].accessibleName() == "Stop using: Ears"
    tags = [one.text() for one in lines["blip"].findChildren(QLabel) if "in use" in one.text()]
    assert tags == ["in use", "in use to reorder"]
    section.show_models(all_models([], {Role.RERANKER: "blip"}))
    assert shown_buttons(section.line("blip")) == ["Use", "Stop reordering"]


def test_models_to_download_are_out_of_the_way(qtbot: QtBot, section: ModelsSection) -> None:
    section.show_models(all_models([]))
    line = section.line("siglip2-b16")
    assert section.more.text() == f"{len(known_models())} models to download…"
    assert not line.isVisible()
    section.more.click()
    assert line.isVisible()
    section.show_models(all_models([]))
    qtbot.waitUntil(section.line("siglip2-b16").isVisible)  # the open part stays open
    section.more.click()
    assert not section.line("siglip2-b16").isVisible()


def test_every_button_says_what_it_is_about(section: ModelsSection) -> None:
    install("pictures", IMAGE)
    section.show_models(all_models([]))
    assert section.line("pictures").use.accessibleName() == "Use: Pictures"
    assert section.line("siglip2-b16").get.accessibleName() == "Download: SigLIP 2 B/16, 256 px"


def test_nothing_else_can_be_begun_meanwhile(section: ModelsSection) -> None:
    section.show_models(all_models([]))
    section.show_busy("Downloading…", 0.5, stoppable=True)
    assert section.stop.isVisible()
    assert section.progress.value() == 500
    assert not section.add.isEnabled()
    assert not section.line("mini").isEnabled()
    section.show_busy("")
    assert not section.progress.isVisible()
    assert section.add.isEnabled()


def test_the_cost_of_switching() -> None:
    slow = install("slow", CODE)
    segments = {IMAGE: 5700, CODE: 350}
    alone_s = switching_s(segments, [])
    assert alone_s == pytest.approx(100 + 5700 * 0.005 + 350 / 37, rel=0.01)
    assert switching_s(segments, [slow]) == pytest.approx(alone_s + 350 / 3.5 - 350 / 37)
    assert switching_s({}, [slow]) == 0


# In the window ---------------------------------------------------------------------------------


def opened(qtbot: QtBot, window: MainWindow) -> ModelsSection:
    section = window.parts.settings.models
    window.actions_by_name["settings"].trigger()
    qtbot.waitUntil(lambda: bool(section.lines))
    return section


def test_a_model_is_used_after_its_cost_was_shown(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    install("pictures", IMAGE, VIDEO)
    section = opened(qtbot, window)
    section.line("pictures").use.click()
    qtbot.waitUntil(section.question.isVisible)
    assert section.question.question() == "Use “Pictures” from now on?"
    section.question.answers()[0].click()
    assert load_settings().models == ()
    section.line("pictures").use.click()
    qtbot.waitUntil(section.question.isVisible)
    n_runs = library.n_runs
    section.question.answers()[1].click()
    assert load_settings().models == ("pictures",)
    qtbot.waitUntil(lambda: library.n_runs > n_runs)
    qtbot.waitUntil(lambda: shown_buttons(section.line("pictures")) == [])
    assert shown_buttons(section.line("mini")) == ["Use it alone"]


def test_back_to_the_embedded_model_alone(qtbot: QtBot, make_window: MakeWindow) -> None:
    install("pictures", IMAGE, VIDEO)
    save_setting("models", ("pictures",))
    section = opened(qtbot, make_window())
    section.line("mini").use.click()
    qtbot.waitUntil(section.question.isVisible)
    section.question.answers()[1].click()
    assert load_settings().models == ()


def test_speech_is_written_down_from_the_next_run_on(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    install("ears", family="whisper")
    section = opened(qtbot, window)
    section.line("ears").roles[Role.SPEECH].click()
    qtbot.waitUntil(lambda: library.n_runs == 1)
    assert load_settings().speech_model == library.settings.speech_model == "ears"
    qtbot.waitUntil(lambda: shown_buttons(section.line("ears")) == ["Stop using"])
    qtbot.waitUntil(lambda: window.library.indexing is Indexing.IDLE)
    section.line("ears").roles[Role.SPEECH].click()
    qtbot.waitUntil(lambda: shown_buttons(section.line("ears")) == ["Use", "Remove"])
    assert load_settings().speech_model == library.settings.speech_model == ""
    assert library.n_runs == 1, "what was written down stays, there is nothing to do"


def test_a_run_that_asks_a_model_ends_when_it_is_asked_no_more(
    qtbot: QtBot, make_window: MakeWindow, library: FakeLibrary
) -> None:
    install("ears", family="whisper")
    save_setting("speech_model", "ears")
    window = make_window()
    section = opened(qtbot, window)
    library.step_gate.clear()
    window.library.start_indexing()
    qtbot.waitUntil(lambda: library.n_runs == 1)
    section.line("ears").roles[Role.SPEECH].click()
    qtbot.waitUntil(lambda: library.n_runs == 2)
    assert library.settings.speech_model == ""
    library.step_gate.set()
    qtbot.waitUntil(lambda: window.library.indexing is Indexing.IDLE)


def test_a_reranker_mends_the_order_of_what_is_found(
    qtbot: QtBot, window: MainWindow, library: FakeLibrary
) -> None:
    install("judge", family="cross_encoder")
    ask(qtbot, window, "a dog")
    section = opened(qtbot, window)
    with answered(qtbot, window):
        section.line("judge").roles[Role.RERANKER].click()
    assert load_settings().reranker == library.settings.reranker == "judge"
    assert library.n_runs == 0
    qtbot.waitUntil(lambda: shown_buttons(section.line("judge")) == ["Stop using"])


def test_a_model_that_cannot_do_it_is_not_asked(qtbot: QtBot, window: MainWindow) -> None:
    install("eyes", family="captions")
    section = opened(qtbot, window)
    section.line("eyes").roles[Role.CAPTIONS].click()
    qtbot.waitUntil(section.trouble.isVisible, timeout=60_000)  # it loads the libraries first
    assert load_settings().caption_model == ""
    qtbot.waitUntil(lambda: shown_buttons(section.line("eyes")) == ["Use", "Remove"])
    assert section.add.isEnabled()


def test_a_model_is_deleted_after_a_question(qtbot: QtBot, window: MainWindow) -> None:
    install("pictures", IMAGE)
    section = opened(qtbot, window)
    section.line("pictures").remove.click()
    section.question.answers()[0].click()
    assert list(installed_models()) == ["pictures"]
    section.line("pictures").remove.click()
    section.question.answers()[1].click()
    qtbot.waitUntil(lambda: all(line.model.id != "pictures" for line in section.lines))
    assert installed_models() == {}


def test_a_download_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def get_model(known: KnownModel, *, progress: object, stop: object) -> None:
        asked.append(known.id)
        progress(300_000_000, 1_500_000_000)  # type: ignore[operator]
        while not stop():  # type: ignore[operator]
            threading.Event().wait(0.005)
        raise Stopped("Stopped after 300 MB.")

    monkeypatch.setattr(models_flow, "get_model", get_model)
    section = opened(qtbot, window)
    section.more.click()
    qtbot.mouseClick(section.line("siglip2-b16").get, Qt.MouseButton.LeftButton)
    name = known_model("siglip2-b16").name
    expected = f"Downloading {name}… 300 MB of 1.5 GB"
    qtbot.waitUntil(lambda: section.busy.text() == expected)
    assert section.progress.value() == 200
    section.stop.click()
    qtbot.waitUntil(lambda: not section.busy.isVisible())
    assert asked == ["siglip2-b16"]
    assert not section.trouble.isVisible(), "who stopped it knows that it was stopped"


def test_what_goes_wrong_is_said_on_the_page(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_model(path: Path) -> None:
        raise ModelError(f"{path.name} is no file of weights.")

    monkeypatch.setattr(models_flow, "add_model", add_model)
    section = opened(qtbot, window)
    section.add_asked.emit(Path("/tmp/holiday.jpg"))
    qtbot.waitUntil(section.trouble.isVisible)
    assert section.trouble.text() == "holiday.jpg is no file of weights."
    qtbot.waitUntil(lambda: section.add.isEnabled())


def test_what_was_added_is_in_the_list(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models_flow, "add_model", lambda path: install("mine", CODE))
    section = opened(qtbot, window)
    section.add_asked.emit(Path("/tmp/mine"))
    qtbot.waitUntil(lambda: any(line.model.id == "mine" for line in section.lines))
    assert shown_buttons(section.line("mine")) == ["Use", "Remove"]
