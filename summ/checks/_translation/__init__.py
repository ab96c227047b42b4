"""How a translated segment is held against its source: what `summ.checks.translations` asks."""
