"""NetworkPicker: gets a network that is not on the list: from torchvision, or from a person's own file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from engine.download import DownloadStep, fetch_model
from engine.explorer.chosen import known_networks
from engine.jobs import Priority
from gui.session import Session

PROGRAM = ".pt2"
WEIGHTS = (".safetensors", ".pth", ".pt", ".bin")


class NetworkPicker(QObject):
    """Asks in dialogs that block nothing.

    Signals:
        chosen: the name of a network whose file is here now.
        fetching: a network of this name is being downloaded.
        progressed: a :class:`DownloadStep`.
        ended: the download is over, whatever the reason.
        failed: it did not work, with the error.
    """

    chosen = Signal(str)
    fetching = Signal(str)
    progressed = Signal(object)
    ended = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._own: Path | None = None
        self._wanted = ""
        self._lister, self._fetcher = session.watcher(self), session.watcher(self)
        self._lister.finished.connect(self._ask_which)
        self._lister.failed.connect(self.failed)
        self._fetcher.updated.connect(self._progress)
        self._fetcher.finished.connect(self._fetched)
        self._fetcher.cancelled.connect(self.ended)
        self._fetcher.failed.connect(self._not_fetched)

    @property
    def busy(self) -> bool:
        """Whether a network is being downloaded."""
        return self._fetcher.running

    def fetch(self, network: str) -> None:
        """Take a network, and download it first if it is not here."""
        self._wanted = network
        self.fetching.emit(network)
        self._fetcher.start(fetch_model(self._session.models, network), Priority.BATCH)

    def ask_published(self) -> None:
        """Let the person choose among all networks that there are weights for."""
        self._own = None
        self._lister.start(known_networks(self._session.models))

    def ask_file(self) -> None:
        """Let the person choose a file of their own."""
        dialog = QFileDialog(self._window, self.tr("Open a model file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        pattern = " ".join(f"*{ending}" for ending in (PROGRAM, *WEIGHTS))
        dialog.setNameFilters([f"{self.tr('Models')} ({pattern})", self.tr("All files") + " (*)"])
        dialog.fileSelected.connect(lambda name: self.take_file(Path(name)))
        dialog.open()

    def take_file(self, path: Path) -> None:
        """Take a program of torch.export as it is; of weights alone, ask for their architecture."""
        if path.suffix.lower() == PROGRAM:
            self.chosen.emit(str(path.absolute()))
            return
        self._own = path.absolute()
        self._lister.start(known_networks(self._session.models))

    def answer(self, network: str) -> None:
        """Take the network that was named: as the architecture of the file at hand, or to be downloaded."""
        if self._own is not None:
            self.chosen.emit(f"{network}@{self._own}")
        else:
            self.fetch(network)

    def cancel(self) -> None:
        """End a download; what arrived is kept, and goes on the next time."""
        self._fetcher.cancel()

    def stop(self) -> None:
        """End all work."""
        self._lister.stop()
        self._fetcher.stop()

    def _ask_which(self, names: tuple[str, ...]) -> None:
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setComboBoxItems(list(names))
        dialog.setComboBoxEditable(False)
        if self._own is None:
            dialog.setWindowTitle(self.tr("Another network"))
            words = self.tr(
                "A network that torchvision publishes; it is downloaded once.\n"
                "Weights that you have already: cancel, and choose Open a model file…"
            )
            dialog.setLabelText(words)
        else:
            dialog.setWindowTitle(self._own.name)
            dialog.setLabelText(self.tr("Which architecture do these weights belong to?"))
        dialog.textValueSelected.connect(self.answer)
        dialog.open()

    def _progress(self, step: DownloadStep) -> None:
        self.progressed.emit(step)

    def _fetched(self, _path: Path) -> None:
        self.ended.emit()
        self.chosen.emit(self._wanted)

    def _not_fetched(self, error: BaseException) -> None:
        self.ended.emit()
        self.failed.emit(error)
