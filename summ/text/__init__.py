"""Pure functions over text: sentences, tokens, chunks, language."""
