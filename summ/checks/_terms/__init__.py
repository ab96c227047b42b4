"""How a term is found in a text in any of its forms: what `checks.terms` is made of."""
