"""What the gallery is made of: the file, its format, its keys, and the departments that keep books in it."""
