"""How speech and who speaks are found: what `checks.speech` and its kin are made of."""
