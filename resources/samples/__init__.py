"""Sample pictures on board; ``samples.toml`` names each, ``rebuild.py`` makes them again from packages."""
