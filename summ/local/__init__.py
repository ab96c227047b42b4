"""The models that summ brings along: language model, translator, and their store."""
