"""Widgets that know no panel and no mathematics."""
