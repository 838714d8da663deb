"""The Paint panel."""
