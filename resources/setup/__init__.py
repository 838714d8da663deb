"""What `make` needs to set a machine up: the system libraries of Qt."""
