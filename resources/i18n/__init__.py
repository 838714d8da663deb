"""Translations: the .ts file is edited, the .qm file is what the window loads."""
