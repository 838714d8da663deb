"""Is there a living person before the camera, or a print, a screen, a replay? Every doubt counts against."""
