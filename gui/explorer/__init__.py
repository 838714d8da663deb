"""The Explain panel."""
