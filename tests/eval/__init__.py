"""How often the checks are right: invented articles, faithful statements and altered ones."""
