"""The language of the window: which one is wanted, and the texts, keys and numbers in it."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from mmsearch.installed import shipped_path

logger = logging.getLogger(__name__)

LANGUAGES = {"en": "English", "de": "Deutsch"}
"""What the setting may be beside "system", and each language's name in itself."""
TRANSLATIONS_PATH = shipped_path("resources", "translations")


def wanted_language(setting: str) -> str:
    """Return "en" or "de": what is set, or the first language of the system that there is."""
    if setting in LANGUAGES:
        return setting
    for name in QLocale.system().uiLanguages():
        language = name.replace("_", "-").partition("-")[0]
        if language in LANGUAGES:
            return language
    return "en"


def install_language(application: QCoreApplication, setting: str) -> list[QTranslator]:
    """Let the application speak the language from now on; return what does it.

    Before any widget is made: texts that are already shown stay as they are.
    """
    language = wanted_language(setting)
    QLocale.setDefault(QLocale(language))
    if language == "en":
        return []
    qt_path = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    places = {"mmsearch": str(TRANSLATIONS_PATH), "qtbase": qt_path}  # Qt's own: keys, dialogs
    installed = []
    for name, folder in places.items():
        translator = QTranslator(application)
        if translator.load(f"{name}_{language}", folder):
            application.installTranslator(translator)
            installed.append(translator)
        else:
            logger.warning("no translation %s_%s in %s", name, language, folder)
    return installed
