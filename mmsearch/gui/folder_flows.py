"""Everything that looks after the folders of the library beside its session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mmsearch.gui.drive_flow import DriveFlow
from mmsearch.gui.error_flow import ErrorFlow
from mmsearch.gui.jobs import Jobs
from mmsearch.gui.library_session import LibrarySession
from mmsearch.gui.missing_flow import MissingFlow
from mmsearch.gui.notices import Notices
from mmsearch.gui.survey_flow import SurveyFlow
from mmsearch.gui.theme import Theme
from mmsearch.gui.window_parts import WindowParts
from mmsearch.gui.window_state import WindowState


class FolderFlows(QObject):
    """Holds the flows, so that the window need not know each of them."""

    def __init__(
        self,
        parts: WindowParts,
        jobs: Jobs,
        session: LibrarySession,
        state: WindowState,
        theme: Theme,
    ) -> None:
        super().__init__(parts)
        self.survey = SurveyFlow(parts, jobs, session)
        self.errors = ErrorFlow(parts, jobs, session)
        self.drives = DriveFlow(parts, jobs, session)
        self.missing = MissingFlow(parts, session, state)
        self.notices = Notices(parts, session, theme)
