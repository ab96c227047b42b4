"""Clauses, denials, hedges and opposites: what the checks of wording share."""
