"""How names are told and looked up: what `checks.names` is made of."""
