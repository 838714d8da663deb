"""The door: the rules of the desk, the attack test, and what happens outside after a welcome."""
