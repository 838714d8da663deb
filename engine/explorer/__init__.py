"""What the units of a ConvNet look for: the patches that activate them most (Zeiler & Fergus 2013)."""
