"""The lab: how a face encoder is learned, measured, kept and taken into use."""
