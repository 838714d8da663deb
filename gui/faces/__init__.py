"""The Recognise panel."""
