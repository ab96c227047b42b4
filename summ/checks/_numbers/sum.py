"""What number words and digits that stand together come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from summ.checks._numbers.model import Reading


@dataclass(slots=True)
class Sum:
    """What was read so far, and what may still be added.

    What is added must fit: behind `twenty` there is room for a number below ten, behind
    `three hundred` for one below a hundred, behind digits for none.

    Attributes:
        vigesimal: whether 80 is four times twenty.
        total: what a multiplier has closed.
        group: what stands behind the last multiplier.
        step: worth of the last digit of `total`.
        group_step: worth of the last digit of `group`.
        room: what is added must be below; None for anything.
        least: the last multiplier.
        ordinal: whether the last part is a rank.
        others: other ways to read the digits.
    """

    vigesimal: bool
    total: Fraction = Fraction(0)
    group: Fraction = Fraction(0)
    step: Fraction = Fraction(1)
    group_step: Fraction = Fraction(1)
    room: Fraction | None = None
    least: Fraction | None = None
    ordinal: bool = False
    others: list[Reading] = field(default_factory=list)

    def add(self, value: Fraction) -> bool:
        """Add a cardinal or an ordinal; False where there's no room for it."""
        if self.vigesimal and value == 20 and self.group % 100 == 4 and self.room == 0:
            self.group += 76
            self.room = Fraction(20)
            return True
        if self.room is not None and not (0 < value < self.room):
            return False
        self.group += value
        self.group_step = Fraction(1, value.denominator)
        self.room = self._room(value)
        return True

    def _room(self, value: Fraction) -> Fraction:
        if value >= 100 and value % 100 == 0:
            return Fraction(100)
        if value >= 20 and value % 10 == 0:
            return Fraction(20 if self.vigesimal and value in {60, 80} else 10)
        return Fraction(10 if self.vigesimal and value == 10 else 0)

    def multiply(self, value: Fraction) -> bool:
        """Multiply by a hundred, a thousand …; False where that can't be."""
        if value == 100:
            spent = self.room is not None and self.room <= 100
            if self.group >= 100 or (self.group == 0 and self.total and spent):
                return False
            self.group = (self.group or Fraction(1)) * 100
            self.room = Fraction(100)
            return True
        if self.group == 0 and self.total:
            # `mil millones`: a thousand times a million.
            if self.least is None or value <= self.least:
                return False
            self.total *= value
            self.step *= value
        elif self.least is not None and value >= self.least:
            if value == self.least:
                return False
            self.total = (self.total + self.group) * value
            self.step = self.group_step * value
        else:
            self.total += (self.group or Fraction(1)) * value
            self.step = self.group_step * value
        self.others = [Reading(o.value * value, o.step * value) for o in self.others]
        self.group, self.group_step = Fraction(0), Fraction(1)
        self.room, self.least = value, value
        return True

    def add_half(self) -> None:
        """Add half of one, or of the multiplier that stands last."""
        self.group_step = (self.least if self.least and self.group == 0 else Fraction(1)) / 2
        self.group += self.group_step

    @property
    def reading(self) -> Reading:
        """What it comes to."""
        return Reading(self.total + self.group, self.group_step if self.group else self.step)
