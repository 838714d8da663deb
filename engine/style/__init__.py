"""Neural style transfer by optimisation (Gatys, Ecker, Bethge 2015)."""
