"""Files that ship with the program: models, sample pictures, icons, themes, translations."""
