"""Mime data and events as a drag from another program brings them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget


def mime_of(*paths: Path) -> QMimeData:
    """Files and folders."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def mime_of_picture() -> QMimeData:
    """A picture without a file, as browsers and screenshots bring it."""
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    data = QMimeData()
    data.setImageData(image)
    return data


def mime_of_text(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def drag_into(widget: QWidget, data: QMimeData, at: QPoint | None = None) -> bool:
    """Whether the widget wants it."""
    event = QDragEnterEvent(
        at or QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drag_over(widget: QWidget, data: QMimeData, at: QPoint) -> None:
    event = QDragMoveEvent(
        at,
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)


def drag_away(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop_on(widget: QWidget, data: QMimeData, at: QPoint | None = None) -> None:
    """Drag into a widget and let go there; Qt delivers no drop without the dragging."""
    drag_into(widget, data, at)
    event = QDropEvent(
        QPointF(at or QPoint(5, 5)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)
