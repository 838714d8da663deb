"""The desk screen: what a visitor sees, what staff see, and the attack test."""
