"""Whether a server refuses by chance, whatever is sent: found out by sending much and half as much.

Pure; `summ.llm.throttle` suspects it, and draws the conclusions.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST = 0.8
"""Share of what was accepted of twice as many that makes no difference; half would."""

PROOF = 3
"""How often in a row it has to make none: a stretch ends with its first refusal, so that what was
accepted in it is luck for the most part."""


@dataclass(slots=True)
class Chance:
    """Much and half as much are sent by turns, as fast as can be.

    A server that refuses by chance accepts half as much of half as much, one with a limit no less.
    """

    _much: int = 0  # 0: it is not suspected
    _halved: bool = False
    _alike: int = 0
    _took: int = 0  # accepted when much was sent

    @property
    def suspected(self) -> bool:
        """Whether refusals seem to come by chance."""
        return self._much > 0

    @property
    def size(self) -> int:
        """How many to send at once at the beginning of the next stretch, 1 or more."""
        return max(1, self._much // 2 if self._halved else self._much)

    def suspect(self, much: int) -> None:
        """Begin with `much`, 1 or more."""
        self._much, self._halved, self._alike = much, False, 0

    def confirmed(self, accepted: int, most: int) -> bool:
        """Whether it is still suspected after a stretch.

        Args:
            accepted: how many requests of the stretch were.
            most: to be sent at once.
        """
        if not self._halved:
            self._halved, self._took = True, accepted
            return True
        self._halved = False
        self._alike = self._alike + 1 if accepted > MOST * self._took else 0
        self._much = 0 if self._alike >= PROOF else min(2 * self._much, most)
        return self.suspected
