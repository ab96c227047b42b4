"""Forms of one name: by how much it is told, and by case."""

from __future__ import annotations

from bisect import bisect_right

_MOST_FORMS = 20

Words = tuple[str, ...]


class Mentions:
    """Full names that share a surname, in the order of their sentences."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._names: list[Words] = []
        self._forms: list[Words] = []

    def add(self, number: int, words: Words) -> None:
        """Note a mention; one that repeats the last adds nothing."""
        if not self._names or self._names[-1] != words:
            self._numbers.append(number)
            self._names.append(words)
            if words not in self._forms and len(self._forms) < _MOST_FORMS:
                self._forms.append(words)

    def nearest(self, number: int) -> Words:
        """The last one up to sentence `number`, else the first after it."""
        return self._names[max(0, bisect_right(self._numbers, number) - 1)]

    def longest(self, words: Words) -> Words:
        """The longest form that ends with `words`."""
        longer = [form for form in self._forms if form[-len(words) :] == words]
        return max([words, *longer], key=len)


def same(words: Words, form: Words) -> bool:
    """Whether `form` may be another case of `words`, or the full name of that surname."""
    lengths = len(words) in {1, len(form)}
    return lengths and all(map(_akin, words[::-1], form[::-1]))


def _akin(one: str, other: str) -> bool:
    """Whether two words may be forms of one: they differ in the last few letters only."""
    one, other = one.lower(), other.lower()
    shorter = min(len(one), len(other))
    shared = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    return shared >= max(2, shorter - 2) and max(len(one), len(other)) - shared <= 3
