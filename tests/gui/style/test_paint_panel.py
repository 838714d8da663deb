"""The Paint panel with the real network and the pictures on board, small."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, ErrorCode
from engine.images import read_picture
from engine.paths import user_paths
from engine.style.recipe import Recipe
from engine.style.samples import sample_pairs
from engine.style.save import read_painting
from engine.style.speed import Speed, keep_speed
from gui.session import Session
from gui.style.panel import PaintPanel
from gui.style.run import Stage

SMALL = {"size": 64, "iterations": 5, "pyramid": False}
PATIENCE = 120_000


@pytest.fixture
def session() -> Iterator[Session]:
    made = Session(user_paths())
    yield made
    made.close()


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> Iterator[PaintPanel]:
    made = PaintPanel(session)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.activateWindow()  # without a window manager nobody else gives it the keyboard
    qtbot.waitUntil(made.isActiveWindow)
    made.column.set_values(SMALL)
    yield made
    made.shut_down()


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(panel: PaintPanel, qtbot: QtBot, content: Path, *styles: Path) -> None:
    for slot, paths in ((panel.column.content, [content]), (panel.column.styles, list(styles))):
        with qtbot.waitSignal(slot.changed, timeout=PATIENCE):
            slot.zone.offer(files(*paths))


def until(panel: PaintPanel, qtbot: QtBot, stage: Stage) -> None:
    qtbot.waitUntil(lambda: panel.run.stage is stage, timeout=PATIENCE)


def begin(panel: PaintPanel, session: Session, qtbot: QtBot, iterations: int = 10_000) -> None:
    """Paint for long, and wait until something is painted."""
    panel.column.set_values({"iterations": iterations})
    session.load()
    drop(panel, qtbot, *sample_pairs()[0])
    panel.start()
    qtbot.waitUntil(lambda: panel.run.iteration >= 2, timeout=PATIENCE)


def test_a_painting_from_drop_to_file(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not panel.column.start.isEnabled()
    drop(panel, qtbot, *sample_pairs()[0])
    qtbot.mouseClick(panel.column.start, Qt.MouseButton.LeftButton)
    assert panel.run.stage is Stage.WAITING
    assert "loading" in panel.easel.status.text()
    session.load()
    until(panel, qtbot, Stage.DONE)
    shown = panel.easel.canvas.image()
    assert shown is not None
    assert (shown.width(), shown.height()) == (64, 43)
    assert panel.easel.facts._values[1].text() == "5 / 5"
    for name in ("painting.png", "painting.tif"):
        with qtbot.waitSignal(panel.filing.saved, timeout=PATIENCE):
            panel.save_to(tmp_path / name)
    found = read_painting(tmp_path / "painting.png")
    assert found is not None
    assert found[1].recipe == panel.column.recipe()
    import cv2

    deep = cv2.imread(str(tmp_path / "painting.tif"), cv2.IMREAD_UNCHANGED)
    assert deep is not None
    assert deep.dtype == np.uint16
    assert len(np.unique(deep)) > 256, "the sixteen bits are real"
    panel.shut_down()
    assert not panel.run.unfinished.exists()


def test_pause_continue_stop_and_go_on(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    begin(panel, session, qtbot)
    panel.column.pause.click()
    assert panel.run.stage is Stage.PAUSED
    assert panel.column.pause.text() == "Continue"
    panel.column.pause.click()
    before = panel.run.iteration
    qtbot.waitUntil(lambda: panel.run.iteration > before + 1, timeout=PATIENCE)
    panel.column.stop.click()
    until(panel, qtbot, Stage.STOPPED)
    assert panel.easel.save.isEnabled()
    assert not panel.is_busy()
    stopped = panel.run.iteration
    assert panel.column.pause.text() == "Continue"
    panel.column.pause.click()
    qtbot.waitUntil(lambda: panel.run.iteration > stopped, timeout=PATIENCE)
    moments = panel.run.studio.timeline.moments if panel.run.studio else ()
    assert moments[0].iteration == 1, "the timeline goes on, too"


def test_closing_in_the_middle_keeps_the_painting_and_the_run(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    panel = PaintPanel(session)
    qtbot.addWidget(panel)
    panel.column.set_values(SMALL)
    begin(panel, session, qtbot)
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    panel.save_state(store)
    panel.shut_down()
    assert session.close()
    left = panel.run.iteration
    following = Session(user_paths())
    again = PaintPanel(following)
    qtbot.addWidget(again)
    again.restore_state(store)
    until(again, qtbot, Stage.REOPENED)
    qtbot.waitUntil(lambda: again.column.complete and again.run.can_go_on, timeout=PATIENCE)
    assert again.column.recipe() == panel.column.recipe()
    assert again.easel.save.isEnabled()
    assert again.run.iteration >= left
    following.load()
    qtbot.waitUntil(lambda: following.device is not None, timeout=PATIENCE)
    qtbot.waitUntil(again.column.pause.isEnabled, timeout=PATIENCE)
    again.column.pause.click()
    qtbot.waitUntil(lambda: again.run.iteration > left + 1, timeout=PATIENCE)
    again.shut_down()
    assert following.close()


def test_a_slider_acts_on_the_next_iteration_and_only_the_rest_waits(
    panel: PaintPanel, session: Session, qtbot: QtBot
) -> None:
    begin(panel, session, qtbot)
    seen: list[tuple[float, float]] = []
    panel.run.stepped.connect(
        lambda step: seen.append((step.painted.controls.beta, step.painted.losses.beta))
    )
    form = panel.column.strength.form
    form.set_value({"weighting": "weights", "beta": 7.0})
    form.changed.emit(form.value())
    assert not panel.column.next_run.isVisible()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == (7.0, 7.0), timeout=PATIENCE)
    panel.column.pictures.form.set_value({"size": 96})
    panel.column.pictures.form.changed.emit({})
    assert panel.column.next_run.isVisible()


def test_colours_change_at_once_on_a_finished_painting(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    begin(panel, session, qtbot, iterations=3)
    until(panel, qtbot, Stage.DONE)
    painted = panel.easel.canvas.image()
    qtbot.mouseClick(panel.column.tabs.button("colour"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.run.shown, timeout=PATIENCE):
        qtbot.mouseClick(panel.column.colour.choices()[1], Qt.MouseButton.LeftButton)
    assert panel.easel.canvas.image() != painted
    with qtbot.waitSignal(panel.run.shown, timeout=PATIENCE):
        panel.column.colour.amount.setValue(0)
    assert panel.easel.canvas.image() == painted
    panel.column.colour.amount.setValue(60)
    with qtbot.waitSignal(panel.filing.saved, timeout=PATIENCE):
        panel.save_to(tmp_path / "out.png")
    found = read_painting(tmp_path / "out.png")
    assert found is not None
    assert (found[1].recipe.color, found[1].recipe.color_amount) == ("photo", 0.6)


def test_the_timeline_is_scrubbed_compared_filmed_and_painted_on_from(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    begin(panel, session, qtbot, iterations=6)
    until(panel, qtbot, Stage.DONE)
    panel.column.tabs.choose("timeline")
    page = panel.column.timeline
    qtbot.waitUntil(lambda: page.slider.maximum() == 6, timeout=PATIENCE)
    now = panel.easel.canvas.image()
    page.slider.setFocus()
    qtbot.keyClick(page.slider, Qt.Key.Key_Home)
    assert page.moment is not None
    assert page.moment.iteration == 1
    qtbot.waitUntil(lambda: panel.easel.canvas.image() != now, timeout=PATIENCE)
    first = panel.easel.canvas.image()
    panel.easel.compare.click()
    assert page.comparison == "photo"
    assert panel.easel.canvas.other() is panel.easel.content
    page.pin.click()
    assert panel.easel.canvas.other() == first
    with qtbot.waitSignal(panel.filing.saved, timeout=PATIENCE):
        panel.filing.save_film(tmp_path / "film.gif", panel.run.studio.timeline)  # type: ignore[union-attr]
    assert QImage(str(tmp_path / "film.gif")).width() == 64
    panel.column.set_values({"iterations": 2})
    page.restart.click()
    until(panel, qtbot, Stage.DONE)
    assert panel.run.iteration == 2
    qtbot.waitUntil(lambda: page.slider.maximum() == 2, timeout=PATIENCE)


def test_a_sheet_is_chosen_from_by_keyboard(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    import gui.style.sheets as module

    session.load()
    drop(panel, qtbot, *sample_pairs()[0])
    small = module.contact_sheet
    module.contact_sheet = lambda models, recipe: small(models, recipe, size=64, iterations=2)  # type: ignore[assignment]
    try:
        panel.start_sheet()
        qtbot.waitUntil(lambda: not panel.sheets.running, timeout=PATIENCE)
    finally:
        module.contact_sheet = small
    cells = panel.easel.sheet.cells
    assert len(cells) == 9
    assert all(cell.done for cell in cells)
    assert len({cell.picture.tobytes() for cell in cells if cell.picture is not None}) == 9
    tiles = panel.easel.sheet.grid.tiles()
    tiles[0].setFocus()
    qtbot.keyClick(tiles[0], Qt.Key.Key_Down)
    qtbot.waitUntil(tiles[3].hasFocus)
    qtbot.keyClick(tiles[3], Qt.Key.Key_Return)
    until(panel, qtbot, Stage.DONE)
    assert panel.easel.stack.currentWidget() is panel.easel.canvas
    assert panel.column.recipe().strength == cells[3].recipe.strength


def test_a_region_is_painted_by_mouse_and_keyboard_and_protects(
    panel: PaintPanel, session: Session, qtbot: QtBot
) -> None:
    session.load()
    drop(panel, qtbot, *sample_pairs()[0])
    panel.column.tabs.choose("regions")
    brush = panel.easel.brush
    assert panel.easel.stack.currentWidget() is brush
    panel.column.regions.softness.setValue(0)
    brush.setFocus()
    qtbot.keyClick(brush, Qt.Key.Key_Space)
    assert brush.region("protect") is not None
    qtbot.keyClick(brush, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert brush.region("protect") is None
    middle = brush.rect().center()
    qtbot.mousePress(brush, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(brush, middle)
    qtbot.mouseRelease(brush, Qt.MouseButton.LeftButton, pos=middle)
    mask = brush.region("protect")
    assert mask is not None
    assert mask[mask.shape[0] // 2, mask.shape[1] // 2] == 255
    panel.column.regions.invert.click()
    panel.column.tabs.choose("pictures")
    assert panel.easel.stack.currentWidget() is panel.easel.canvas
    panel.start()
    until(panel, qtbot, Stage.DONE)
    recipe = panel.run.kept.provenance.recipe if panel.run.kept else Recipe()
    assert Path(recipe.mask).is_file()
    brush.clear_region()
    panel.comeback.take(recipe)
    qtbot.waitUntil(lambda: brush.region("protect") is not None, timeout=PATIENCE)


def test_each_style_paints_its_own_region_through_the_window(
    panel: PaintPanel, session: Session, qtbot: QtBot
) -> None:
    """Half the photo for one style, half for the other: two files with opposite halves, and a painting
    that differs from the one without regions in both halves."""
    session.load()
    pairs = sample_pairs()
    drop(panel, qtbot, pairs[0][0], pairs[0][1], pairs[1][1])
    panel.column.set_values({"strength": 90.0, "iterations": 12})
    panel.start()
    until(panel, qtbot, Stage.DONE)
    assert panel.run.kept is not None
    everywhere = panel.run.kept.painted.astype(int)
    page, brush = panel.column.regions, panel.easel.brush
    panel.column.tabs.choose("regions")
    page.softness.setValue(0)
    page.diameter.setValue(page.diameter.maximum())
    for style, side in ((1, 0.2), (2, 0.8)):
        page.region.setCurrentIndex(style)
        page.region.activated.emit(style)
        spot = QPoint(round(brush.width() * side), brush.height() // 2)
        qtbot.mousePress(brush, Qt.MouseButton.LeftButton, pos=spot)
        qtbot.mouseMove(brush, spot)
        qtbot.mouseRelease(brush, Qt.MouseButton.LeftButton, pos=spot)
    panel.column.tabs.choose("pictures")
    panel.start()
    until(panel, qtbot, Stage.DONE)
    recipe = panel.run.kept.provenance.recipe
    assert len(recipe.regions) == 2
    left, right = (read_picture(Path(path)).rgb for path in recipe.regions)
    assert left.any()
    assert right.any()
    assert not np.array_equal(left, right)
    apart = np.abs(panel.run.kept.painted - everywhere).mean(axis=(0, 2))
    assert apart[:16].mean() > 1
    assert apart[-16:].mean() > 1


def test_a_stopped_painting_is_printed_with_sixteen_bits(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    import cv2

    begin(panel, session, qtbot)
    panel.column.stop.click()
    until(panel, qtbot, Stage.STOPPED)
    with qtbot.waitSignal(panel.filing.saved, timeout=PATIENCE):
        panel.save_to(tmp_path / "stopped.tif")
    deep = cv2.imread(str(tmp_path / "stopped.tif"), cv2.IMREAD_UNCHANGED)
    assert deep is not None
    assert deep.dtype == np.uint16
    assert len(np.unique(deep)) > 256
    assert panel.run.kept is not None
    rounded = np.round(deep[:, :, ::-1] / 257.0)
    assert np.abs(rounded - panel.run.kept.painted).max() <= 1, "it is the picture that is shown"


def test_a_unit_of_explain_pulls_and_a_layer_goes_there(panel: PaintPanel, qtbot: QtBot) -> None:
    panel.take_unit("vgg16", "conv4_1", 12)
    assert panel.column.page == "layers"
    assert panel.column.recipe().unit == "conv4_1:12"
    panel.take_unit("vgg16", "conv5_2", -1)
    assert panel.column.recipe().unit == "conv5_2"
    row = panel.column.layers.unit
    with qtbot.waitSignal(panel.layer_for_explain) as caught:
        row.look.click()
    assert caught.args == ["vgg16", "conv5_2"]
    with qtbot.waitSignal(panel.layer_for_explain) as caught:
        panel.column.layers.looks["relu3_1"].click()
    assert caught.args == ["vgg16", "conv3_1"]
    row.take("fc6:3")
    assert row._problem.isVisible()
    assert panel.column.recipe().unit == ""
    row.remove.click()
    assert panel.column.recipe().unit == ""
    assert not row._pull.isVisible()
    with qtbot.waitSignal(panel.told):
        panel.take_unit("alexnet", "conv3", 5)
    assert panel.column.recipe().unit == ""


def test_time_and_memory_are_said_before_the_start(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    keep_speed(user_paths().speed_file, "cpu/vgg16/gram/fp32", Speed(0.5, 1e-5))
    session.load()
    drop(panel, qtbot, *sample_pairs()[0])
    panel.column.set_values({"loss": "gram", "size": 64, "iterations": 60})
    panel._show_stage()
    said = panel.column.estimate
    qtbot.waitUntil(lambda: "about" in said.text(), timeout=PATIENCE)
    assert said.isVisible()
    assert said.text().startswith("64 × 43")
    assert "GB of memory" in said.text()
    before = said.text()
    panel.column.pictures.form.set_value({"iterations": 6000})
    panel.column.pictures.form.changed.emit({})
    assert said.text() != before


def test_the_mathematics_are_on_view(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    panel.column.tabs.choose("maths")
    begin(panel, session, qtbot)
    qtbot.waitUntil(lambda: panel.column.maths._view is not None, timeout=PATIENCE)
    view = panel.column.maths._view
    assert view is not None
    assert view.layer == "relu3_1"
    assert view.units_in_layer == 256
    assert "=" in panel.column.maths._values[0].text()


def test_every_layer_has_a_texture(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    from engine.style import textures

    before = textures.ITERATIONS
    textures.ITERATIONS = 1
    try:
        session.load()
        qtbot.waitUntil(lambda: session.device is not None, timeout=PATIENCE)
        drop(panel, qtbot, *sample_pairs()[0])
        panel.column.tabs.choose("layers")
        with qtbot.waitSignal(panel.looker._textures.ended, timeout=PATIENCE):
            pass
    finally:
        textures.ITERATIONS = before
    assert all(not thumb.pixmap().isNull() for thumb in panel.column.layers._thumbs.values())
    assert len(list((user_paths().cache / "textures").glob("*.png"))) == 5


def test_drops_anywhere(panel: PaintPanel, qtbot: QtBot, tmp_path: Path) -> None:
    content, style = sample_pairs()[0]
    with qtbot.waitSignal(panel.column.content.changed, timeout=PATIENCE):
        panel.offer(files(content))
    with qtbot.waitSignal(panel.column.styles.changed, timeout=PATIENCE):
        panel.offer(files(style))
    pasted = QImage(40, 40, QImage.Format.Format_RGB32)
    pasted.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(pasted)
    panel.column.styles.zone.setFocus()
    with qtbot.waitSignal(panel.column.styles.changed, timeout=PATIENCE):
        qtbot.keyClick(panel.column.styles.zone, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert panel.column.styles.paths[0].parent.name == "pasted"
    (tmp_path / "notes.txt").write_text("no picture")
    with qtbot.waitSignal(panel.told, timeout=PATIENCE) as caught:
        panel.offer(files(tmp_path / "notes.txt"))
    assert "notes.txt" in caught.args[0]
    assert panel.column.content.paths == (content,)


def test_two_places_appear_while_something_is_dragged_over_the_painting(
    panel: PaintPanel, qtbot: QtBot
) -> None:
    content, _style = sample_pairs()[0]
    mime = files(content)
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(700, 300), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    panel.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert panel.overlay.isVisible()
    with qtbot.waitSignal(panel.column.content.changed, timeout=PATIENCE):
        panel.overlay.content.offer(mime)
    panel.dragLeaveEvent(QDragLeaveEvent())
    qtbot.waitUntil(lambda: not panel.overlay.isVisible())


def test_a_folder_offers_a_batch_that_goes_on(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    pairs = sample_pairs()
    for content, _style in pairs[:2]:
        (folder / content.name).write_bytes(content.read_bytes())
    (folder / "broken.png").write_bytes(b"no picture at all")
    session.load()
    drop(panel, qtbot, folder / pairs[0][0].name, pairs[0][1])
    assert not panel.column.pictures.batch.isVisible()
    (folder / "broken.png").rename(folder / "zzz.png")
    drop(panel, qtbot, folder, pairs[0][1])
    assert panel.column.pictures.batch.text() == "Paint all: 3 × 1…"
    panel.column.set_values({"iterations": 1})
    told: list[str] = []
    panel.batches.told.connect(told.append)
    for _ in range(2):
        panel.batches.start(
            panel.column.recipe(),
            panel.column.content.folder[1],
            [pairs[0][1]],
            tmp_path / "out",  # type: ignore[index]
        )
        qtbot.waitUntil(lambda: not panel.batches.running, timeout=PATIENCE)
    assert told == [
        "2 painted, 0 were there already, 1 could not be painted.",
        "0 painted, 2 were there already, 1 could not be painted.",
    ]
    assert len(list((tmp_path / "out").glob("*.png"))) == 2


def test_a_broken_picture_changes_nothing(panel: PaintPanel, qtbot: QtBot, tmp_path: Path) -> None:
    content, style = sample_pairs()[0]
    drop(panel, qtbot, content, style)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(content.read_bytes()[:300])
    with qtbot.waitSignal(panel.problem, timeout=PATIENCE) as caught:
        panel.column.content.load([broken])
    assert isinstance(caught.args[0], EngineError)
    assert panel.column.content.paths == (content,)


def test_several_styles_are_blended_by_sliders(panel: PaintPanel, qtbot: QtBot) -> None:
    pairs = sample_pairs()
    drop(panel, qtbot, pairs[0][0], pairs[0][1], pairs[1][1])
    assert panel.column.recipe().style_shares == (0.5, 0.5)
    sliders = panel.column.pictures.blend.sliders()
    sliders[1].setValue(25)
    assert panel.column.recipe().style_shares == pytest.approx((0.8, 0.2))
    sliders[0].setValue(0)
    sliders[1].setValue(0)
    panel.column.recipe().check()
    panel.column.styles.remove(0)
    assert panel.column.recipe().styles == (str(pairs[1][1]),)


def test_a_painting_of_ours_brings_its_recipe_back(
    panel: PaintPanel, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.load()
    pairs = sample_pairs()
    drop(panel, qtbot, pairs[0][0], pairs[0][1], pairs[1][1])
    panel.column.pictures.blend.sliders()[0].setValue(50)
    panel.column.set_values(
        {"beta": 321.0, "seed": 5, "color": "match", "color_amount": 0.5, "iterations": 1}
    )
    panel.start()
    until(panel, qtbot, Stage.DONE)
    wanted = panel.column.recipe()
    with qtbot.waitSignal(panel.filing.saved, timeout=PATIENCE):
        panel.save_to(tmp_path / "ours.png")
    panel.column.set_values({"beta": 1.0, "seed": 0, "color": "painting", "color_amount": 1.0})
    panel.column.pictures.blend.sliders()[0].setValue(100)
    panel.column.content.load([tmp_path / "ours.png"])
    qtbot.waitUntil(lambda: panel.column.recipe() == wanted, timeout=PATIENCE)


def test_a_remembered_picture_that_is_gone_is_told(panel: PaintPanel, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(panel.problem, timeout=PATIENCE) as caught:
        panel.comeback.take(Recipe(content=str(tmp_path / "gone.jpg")))
    assert caught.args[0].code is ErrorCode.FILE_MISSING
    assert not panel.column.complete


def test_the_first_click_paints(panel: PaintPanel, session: Session, qtbot: QtBot) -> None:
    """The empty canvas offers the pictures on board, as the other panels do, and paints them at once."""
    assert panel.easel.samples.isVisible()
    qtbot.mouseClick(panel.easel.samples, Qt.MouseButton.LeftButton)
    until(panel, qtbot, Stage.WAITING)
    assert not panel.easel.samples.isVisible()
    panel.column.set_values({**SMALL, "iterations": 1})
    panel.stop()
    panel.start()
    session.load()
    until(panel, qtbot, Stage.DONE)


def test_nothing_is_cut_off_in_the_smallest_window(panel: PaintPanel, qtbot: QtBot) -> None:
    panel.hide()
    panel.resize(900, 600)
    panel.show()
    easel = panel.easel
    for made in (easel.compare, easel.save, panel.column.start, panel.column.stop):
        qtbot.waitUntil(lambda made=made: made.width() >= made.sizeHint().width())
    assert easel.compare.geometry().right() < easel.save.geometry().left()
    for name in ("pictures", "strength", "layers", "regions", "colour", "timeline", "maths"):
        tab = panel.column.tabs.button(name)
        assert tab.fontMetrics().horizontalAdvance(tab.text()) <= tab.width()
    panel.resize(1300, 800)
    qtbot.waitUntil(lambda: easel.compare.text() != "")
