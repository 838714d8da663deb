"""The desk at work, for pictures of the program: real decisions on the people on board."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError, ErrorCode
from engine.faces.desk.policy import Phase
from engine.faces.gallery import Gallery
from engine.faces.store import cards, roles
from engine.faces.store.roles import Right
from engine.faces.visits import How, check_in
from engine.images import Rgb
from engine.samples import samples
from gui.faces.column import DESK, ENROL
from gui.faces.kiosk.preview import OVAL_MIDDLE
from gui.imaging import from_qimage
from gui.panel import Scene

if TYPE_CHECKING:
    from gui.faces.panel import RecognisePanel

ROLES: Final = ("face", "content")
NUMBER, PIN = "4711", "2580"
SIZE = (640, 480)
WIDTH, HEIGHT = 1280, 720
INTERVAL_S = 0.04
FACES: Final = {"obama-1.jpg": (0.54, 0.23), "collins.jpg": (0.44, 0.23)}
"""Where the middle of a face is, in widths and heights of its photo."""
MARGIN = 8


class PhotoCamera:
    """A camera that sees one photo and sways a little, as a person before a real one does.

    Args:
        photo: what it sees.
        lost_after: the read from which on it is gone; None: it stays.
    """

    still = False
    pause = 0.0
    stamp: float | None = None

    def __init__(self, photo: Path, lost_after: int | None = None) -> None:
        self.subject = photo.name
        self._picture = _framed(photo)
        self._lost_after = lost_after
        self._reads = count()

    def open(self) -> None:
        """Nothing to open."""

    def read(self) -> Rgb:
        """Return the next frame, a little to the side of the one before."""
        time.sleep(INTERVAL_S)
        step = next(self._reads)
        if self._lost_after is not None and step >= self._lost_after:
            raise EngineError(ErrorCode.CAMERA_LOST, "The camera is gone. Check its cable.", self.subject)
        left = round(MARGIN * (1 + np.sin(step / 4)))
        top = round(MARGIN * (1 + np.cos(step / 7)))
        return np.ascontiguousarray(self._picture[top : top + SIZE[1], left : left + SIZE[0]])

    def interrupt(self) -> None:
        """A frame never takes long."""

    def close(self) -> None:
        """Nothing to close."""


def scenes_of(panel: RecognisePanel, window: QWidget) -> tuple[Scene, ...]:
    """Return the pictures of desk and lab, in the order in which they are taken."""
    photos = {sample.path.name: sample.path for role in ROLES for sample in samples(role)}
    control = panel.control

    def desk(photo: str, lost_after: int | None = None) -> Callable[[], None]:
        def begin() -> None:
            panel.stop()
            source = PhotoCamera(photos[photo], lost_after)
            desk_ = panel.desk
            control.open(lambda: source, photo, desk_.database, desk_.thresholds, full_screen=False)
            assert control.screen_ is not None
            control.screen_.resize(WIDTH, HEIGHT)
            control.screen_.show()

        return begin

    def idle() -> None:
        _prepare(panel)
        desk("pavilion.jpg")()

    def welcome() -> None:
        desk("obama-1.jpg")()
        control.lane.orders.claim(NUMBER, PIN)

    def kiosk() -> QWidget:
        assert control.screen_ is not None
        return control.screen_

    def shows(phase: Phase) -> Callable[[], bool]:
        return lambda: control.screen_ is not None and control.screen_.phase() is phase

    def staff() -> None:
        panel.column.open_page(DESK)
        kiosk()
        control.screen_.host.click()  # type: ignore[union-attr]

    def enrol() -> None:
        control.close()
        panel.column.open_page(ENROL)
        panel.start(PhotoCamera(photos["collins.jpg"]))
        panel.enrol.name.setText("Eileen Collins")
        panel.enrol.consent.purpose.setText("Entrance · 门禁")
        panel.enrol.consent.agrees.setChecked(True)

    def coached() -> bool:
        return panel.enrol.coach.isVisible() and panel.enrol.camera.isEnabled()

    def enrolled() -> bool:
        return panel.enrol.test.isVisible()

    def visited() -> bool:
        return panel.office.visits.table.rowCount() > 1

    def roll_call() -> None:
        panel.stop()
        panel.office.open(panel.office.visits)

    def lab() -> None:
        """Train on drawn faces; the run rests in its middle."""
        panel.office.hide()
        panel.open_lab()
        panel.lab.show_example()

    return (
        Scene("desk-idle", idle, shows(Phase.IDLE), kiosk),
        Scene("desk-welcome", welcome, shows(Phase.WELCOME), kiosk),
        Scene("desk-refusal", desk("collins.jpg"), shows(Phase.REFUSED), kiosk),
        Scene("desk-fault", desk("obama-2.jpg", 3), shows(Phase.FAULT), kiosk),
        Scene("desk-staff", staff, panel.front.staff.call.isVisible, lambda: window),
        Scene("desk-consent", enrol, coached, lambda: window),
        Scene("desk-enrolment", panel.enrol.camera.click, enrolled, lambda: window),
        Scene("desk-roll-call", roll_call, visited, lambda: panel.office),
        Scene("lab", lab, lambda: panel.lab.example_rests, lambda: window, photographs=False),
    )


def _prepare(panel: RecognisePanel) -> None:
    """Give the people on board a number and a PIN, and have two of them come by hand."""

    def work(gallery: Gallery) -> None:
        for number, person in enumerate(gallery.people()):
            card = cards.card(gallery, person.name)
            code = str(int(NUMBER) + number)
            cards.change(gallery, person.name, replace(card.details, number=code), card.limits)
            roles.set_pin(gallery, person.id, PIN)
            check_in(gallery, person.id, How.MANUAL, "reception")

    panel.desk.clerk.do(Right.CHANGE_PEOPLE, work)


def _framed(photo: Path) -> Rgb:
    """Return a photo, or what of it has the face where the oval is, a little larger than a frame."""
    wide, high = SIZE[0] + 2 * MARGIN, SIZE[1] + 2 * MARGIN
    picture = QImage(str(photo))
    if photo.name in FACES:
        across, down = FACES[photo.name]
        tall = round(down * picture.height() / OVAL_MIDDLE)
        broad = min(picture.width(), round(tall * wide / high))
        left = round(across * picture.width() - broad / 2)
        picture = picture.copy(max(0, min(left, picture.width() - broad)), 0, broad, tall)
    expanding, smooth = (
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    picture = picture.scaled(wide, high, expanding, smooth)
    return from_qimage(picture.copy((picture.width() - wide) // 2, 0, wide, high))
