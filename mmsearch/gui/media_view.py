"""A film or sound: its still or wave, its curve, and a player that starts at the hit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QImage, QPixmap
from PySide6.QtWidgets import QWidget

from mmsearch.errors import UserError
from mmsearch.gui.icons import IconButton
from mmsearch.gui.layouts import column, label, row
from mmsearch.gui.moment_bar import MomentBar
from mmsearch.gui.picture_view import PictureView, size_of
from mmsearch.gui.player import Player
from mmsearch.gui.theme import Theme
from mmsearch.gui.time_line import TimeLine
from mmsearch.present.relevance import moments_in_time
from mmsearch.present.visuals import Wave
from mmsearch.present.words import clock
from mmsearch.types import Hit, Modality, Moment, RelevanceCurve, TimeRange


class MediaView(QWidget):
    """Shows the still at once; the player is made when somebody presses play."""

    played = Signal(object)
    clip_asked = Signal(object, object)
    """The hit, and the part of it to save as a clip."""
    moment_chosen = Signal(object)
    """Another Moment of the same film is to be shown; nothing plays."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hit: Hit | None = None
        self._found: TimeRange | None = None
        """The part that is shown: of the hit, or of another of its moments."""
        self._player: Player | None = None
        self._is_open = False
        self._layout = column(self)
        self._still = PictureView(self)
        self._line = TimeLine(theme, self)
        self._play = IconButton("play", self.tr("Play from the found moment"), theme, self)
        self.moments = MomentBar(theme, self)
        self._again = IconButton("to-hit", self.tr("Back to the found moment"), theme, self)
        self._clip = IconButton("clip", self.tr("Save the found part as a clip…"), theme, self)
        self._time = label("", "secondary")
        self._trouble = label("", "secondary", wrap=True)
        self._trouble.hide()
        self._lay_out()
        self._play.clicked.connect(self.toggle)
        self._again.clicked.connect(self.go_to_hit)
        self._clip.clicked.connect(self.ask_for_clip)
        self.moments.chosen.connect(self._go_to_moment)
        self._line.sought.connect(self._seek)

    def _lay_out(self) -> None:
        controls = row(gap_px=4)
        controls.addWidget(self._play)
        controls.addWidget(self._time)
        controls.addStretch(1)
        controls.addWidget(self.moments)
        controls.addWidget(self._again)
        controls.addWidget(self._clip)
        layout = self._layout
        layout.addStretch(0)
        layout.addWidget(self._still)
        layout.addWidget(self._line)
        layout.addLayout(controls)
        layout.addWidget(self._trouble)
        layout.addStretch(0)

    def show_hit(self, hit: Hit, content: QPixmap | Wave | None) -> None:
        """Show a film by its still or a sound by its wave; nothing plays yet."""
        if self._hit is not hit:
            self.release()
            self._hit = hit
            self._found = hit.locator if isinstance(hit.locator, TimeRange) else None
            self.show_curve(hit, None)
        is_sound = hit.modality is Modality.AUDIO
        # What is shown takes the room; what it cannot use goes above and below it.
        self._layout.setStretchFactor(self._still, 0 if is_sound else 1)
        self._layout.setStretchFactor(self._line, 1 if is_sound else 0)
        self._still.setVisible(not is_sound)
        self._still.set_picture(content if isinstance(content, QPixmap) else None, size_of(hit))
        wave = content if isinstance(content, Wave) else None
        self._line.show_media(hit.metadata.duration_s or 0.0, self._found, wave)
        if self._found is not None:
            self._line.show_found(self._found)
        self._again.setVisible(self._found is not None)
        self._clip.setVisible(self._found is not None and not hit.offline)
        self._trouble.hide()
        self._show_time(self._start_s())

    def show_curve(self, hit: Hit, curve: RelevanceCurve | None) -> None:
        """Show how well each part of the film or sound fits, and the way to its moments."""
        moments = moments_in_time(hit, curve)
        self._line.show_curve(curve, moments)
        self.moments.show_moments(moments, self._found)

    def show_still(self, still: QPixmap) -> None:
        """Show the picture of another moment, unless the film plays meanwhile."""
        if not self._is_open:
            self._still.set_picture(still, size_of(self._hit) if self._hit else None)

    @property
    def found(self) -> TimeRange | None:
        """The part that is shown."""
        return self._found

    def toggle(self) -> None:
        """Play from the hit, pause, or go on."""
        if self._hit is None:
            return
        if self._is_open and self._player is not None:
            self._player.toggle()
            return
        try:
            player = self._made_player()
        except UserError as error:
            self._explain(error)
            return
        self._is_open = True
        player.play(self._hit.path, self._start_s())
        self.played.emit(self._hit)

    def go_to_hit(self) -> None:
        """Play the found part, again."""
        if not self._is_open:
            self.toggle()
        else:
            self._seek(self._start_s())

    def ask_for_clip(self) -> None:
        """Ask for the part that is shown as a file of its own."""
        if self._hit is not None and self._found is not None:
            self.clip_asked.emit(self._hit, self._found)

    def release(self) -> None:
        """Stop and let go of the file."""
        if self._player is not None and self._is_open:
            self._player.close()
        self._is_open = False
        self._show_playing(False)

    def is_open(self) -> bool:
        """Whether a file is loaded in the player."""
        return self._is_open

    def hideEvent(self, event: QHideEvent) -> None:
        """What cannot be seen does not play."""
        self.release()
        super().hideEvent(event)

    def _made_player(self) -> Player:
        if self._player is None:
            player = Player(self)
            player.position_changed.connect(self._on_position)
            player.duration_known.connect(self._line.set_duration)
            player.playing_changed.connect(self._show_playing)
            player.frame_shown.connect(self._show_frame)
            player.failed.connect(self._on_failed)
            self._player = player
        return self._player

    def _show_frame(self, frame: QImage) -> None:
        self._still.set_picture(frame, size_of(self._hit) if self._hit else None)

    def _start_s(self) -> float:
        return self._found.start_s if self._found is not None else 0.0

    def _go_to_moment(self, moment: Moment) -> None:
        self._found = moment.range
        self._line.show_found(moment.range)
        self._show_time(moment.range.start_s)
        if self._is_open:
            self._seek(moment.range.start_s)
        else:
            self.moment_chosen.emit(moment)

    def _seek(self, at_s: float) -> None:
        if self._is_open and self._player is not None:
            self._player.seek(at_s)
        self._on_position(at_s)

    def _on_position(self, at_s: float) -> None:
        if self._is_open:
            self._line.set_position(at_s)
            self._show_time(at_s)

    def _show_time(self, at_s: float) -> None:
        duration_s = self._line.duration_s
        total = f" / {clock(duration_s)}" if duration_s > 0 else ""
        self._time.setText(f"{clock(at_s)}{total}")

    def _show_playing(self, playing: bool) -> None:
        if playing:
            self._play.set_meaning("pause", self.tr("Pause"))
        else:
            self._play.set_meaning("play", self.tr("Play from the found moment"))

    def _explain(self, error: UserError) -> None:
        self._trouble.setText(f"{error.message} {error.hint}")
        self._trouble.show()

    def _on_failed(self, text: str) -> None:
        self._explain(UserError(self.tr("This file cannot be played here."), text))
        self.release()
