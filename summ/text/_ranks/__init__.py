"""Rank tables of the tokenizers, packed: `o200k_base.bin` and `cl100k_base.bin`.

They hold what OpenAI publishes as `<name>.tiktoken` with its MIT-licensed tiktoken.
A packed file is zlib-compressed; uncompressed it is: the number of tokens (4 bytes, big
endian), the length of each token (1 byte each), then the bytes of all tokens joined.
A token's rank is its position. `tests/text/make_ranks.py` makes the files;
`summ.text.tokens` reads them and knows their SHA-256.
"""
