"""Which language the window speaks; it changes while the window is open."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from engine.paths import RESOURCES

FOLDER: Final = RESOURCES / "i18n"
ENGLISH: Final = "en"
CHINESE: Final = "zh_CN"
LANGUAGES: Final = (ENGLISH, CHINESE)
SYSTEM: Final = "system"


def resolve(wish: str) -> str:
    """Return the language for a setting that may be "system"."""
    if wish in LANGUAGES:
        return wish
    first = next(iter(QLocale.system().uiLanguages()), ENGLISH)
    return CHINESE if first.startswith("zh") else ENGLISH


class Translations:
    """Installs the program's own words and Qt's; every widget then hears a LanguageChange."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: list[QTranslator] = []
        self.language = ENGLISH

    def speak(self, wish: str) -> None:
        """Change to "en", "zh_CN" or "system"."""
        language = resolve(wish)
        if language == self.language:
            return
        self.language = language
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        QLocale.setDefault(QLocale(language))
        if language == ENGLISH:
            return
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in ((f"qtbase_{language}", qt_folder), (f"triptych_{language}", str(FOLDER))):
            translator = QTranslator(self._app)
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._installed.append(translator)
