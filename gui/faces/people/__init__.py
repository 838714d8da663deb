"""The people side of the desk: list, card, import, lookalikes, protection, calibration, audit log."""
