"""What the buttons and the sentence above the picture say, at every stage of a painting."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gui.icons import icon
from gui.style.column import RecipeColumn
from gui.style.run import Run, Stage


class StageWords(QObject):
    """Lets the column's buttons follow the run, and finds the sentence for it."""

    def __init__(self, column: RecipeColumn, run: Run) -> None:
        super().__init__(column)
        self._column, self._run = column, run

    def show(self) -> str:
        """Set the buttons; return the sentence."""
        column, run = self._column, self._run
        going_on = run.stage is Stage.PAUSED or (not run.busy and run.can_go_on)
        column.start.setText(self.tr("Start"))
        column.stop.setText(self.tr("Stop"))
        column.stop.setToolTip(self.tr("Ends the run and keeps the picture"))
        column.pause.setText(self.tr("Continue") if going_on else self.tr("Pause"))
        column.pause.setIcon(icon("play" if going_on else "pause", column.pause))
        column.start.setEnabled(not run.busy and column.complete)
        column.pause.setEnabled(
            (run.busy and run.stage is not Stage.WAITING) or (run.can_go_on and self._same_pictures())
        )
        column.stop.setEnabled(run.busy)
        column.pictures.samples.setEnabled(not run.busy)
        studio = run.studio
        waits = run.busy and studio is not None and column.waits_for_start(studio.recipe)
        column.next_run.setVisible(waits)
        return self._sentence()

    def _same_pictures(self) -> bool:
        left, here = self._run.left_recipe, self._column.recipe()
        return left is not None and (left.content, left.styles) == (here.content, here.styles)

    def _sentence(self) -> str:
        count = self._run.iteration
        match self._run.stage:
            case Stage.WAITING:
                return self.tr("The engine is still loading; painting starts by itself.")
            case Stage.BEGINNING:
                return self.tr("Looking at the pictures…")
            case Stage.PAINTING:
                return self.tr("Painting. Every iteration changes the picture.")
            case Stage.PAUSED:
                return self.tr("Paused after {count} iterations.").format(count=count)
            case Stage.DONE:
                return self.tr("Finished after {count} iterations.").format(count=count)
            case Stage.STOPPED:
                words = self.tr("Stopped after {count} iterations. The picture is kept.")
                return words.format(count=count)
            case Stage.REOPENED if self._run.can_go_on:
                words = self.tr("Left after {count} iterations last time. Continue goes on.")
                return words.format(count=count)
            case Stage.REOPENED:
                return self.tr("This painting was not saved last time.")
        if self._column.complete:
            return self.tr("Ready. Press Start.")
        if self._column.content.paths:
            return self.tr("Now a painting for the style.")
        return self.tr("A photo, a painting, and a little time.")
