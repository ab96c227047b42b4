"""How numbers, dates and times are read: what `checks.numbers` is made of."""
