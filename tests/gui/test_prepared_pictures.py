"""Prepared pictures look as if painted anew, and are few."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from mmsearch.gui.cell_painting import paint_picture
from mmsearch.gui.prepared_pictures import PreparedPictures
from mmsearch.gui.theme import DARK, LIGHT
from tests.gui.painting import plain_pixmap

SIZE = QSize(184, 138)


def test_a_prepared_picture_looks_as_if_painted_anew(qapp: QApplication) -> None:
    source = plain_pixmap(256, 128, "#FF8800")
    prepared = PreparedPictures().get(source, SIZE, 1.0, LIGHT).toImage()
    direct = QImage(SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    direct.fill(Qt.GlobalColor.transparent)
    painter = QPainter(direct)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    paint_picture(painter, QRect(0, 0, 184, 138), source, LIGHT)
    painter.end()
    assert prepared.convertToFormat(direct.format()) == direct
    assert prepared.pixelColor(0, 0).alpha() == 0, "the corners are round"


def test_a_picture_is_prepared_once(qapp: QApplication) -> None:
    pictures = PreparedPictures()
    source = plain_pixmap(64, 48, "#FF8800")
    first = pictures.get(source, SIZE, 1.0, LIGHT)
    assert pictures.get(source, SIZE, 1.0, LIGHT).cacheKey() == first.cacheKey()


def test_another_size_theme_or_screen_prepares_anew(qapp: QApplication) -> None:
    pictures = PreparedPictures()
    source = plain_pixmap(64, 48, "#FF8800")
    first = pictures.get(source, SIZE, 1.0, LIGHT)
    assert pictures.get(source, QSize(92, 69), 1.0, LIGHT).width() == 92
    assert pictures.get(source, SIZE, 1.0, LIGHT).cacheKey() == first.cacheKey()
    assert pictures.get(source, SIZE, 2.0, LIGHT).width() == 368
    assert len(pictures) == 1, "what was made for another screen is forgotten"
    assert pictures.get(source, SIZE, 1.0, DARK).cacheKey() != first.cacheKey()


def test_memory_is_bounded_and_the_oldest_goes(qapp: QApplication) -> None:
    pictures = PreparedPictures(max_bytes=4 * 184 * 138 * 4)
    sources = [plain_pixmap(64, 48, "#FF8800") for _ in range(10)]
    made = [pictures.get(source, SIZE, 1.0, LIGHT).cacheKey() for source in sources]
    assert len(pictures) == 4
    assert pictures.get(sources[9], SIZE, 1.0, LIGHT).cacheKey() == made[9]
    assert pictures.get(sources[0], SIZE, 1.0, LIGHT).cacheKey() != made[0]
