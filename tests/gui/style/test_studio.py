"""What can be done to a painting while it grows and afterwards: sliders, colours, timeline, regions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from engine.images import read_picture
from engine.paths import user_paths
from engine.style.recipe import Recipe
from engine.style.samples import sample_pairs
from engine.style.save import read_painting
from gui.session import Session
from gui.style.panel import PaintPanel
from gui.style.run import Stage
from tests.gui.style.driving import PATIENCE, begin, drop, until


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
