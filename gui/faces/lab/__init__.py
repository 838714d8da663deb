"""The lab: a page of Recognise where a face encoder is trained, measured and taken into use."""
