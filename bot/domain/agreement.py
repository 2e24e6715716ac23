"""How far two readers agree beyond chance: Cohen's kappa, with the number of things that both judged.

Cohen, J. (1960), A coefficient of agreement for nominal scales. It is a figure about readers and their instructions,
never about a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """What came out; a figure without its number says nothing, so they stay together."""

    n: int
    """How many things both judged."""
    agreed: int
    """On how many they said the same."""
    kappa: float | None
    """None where it cannot be said: nothing was judged, or both said one and the same of everything."""

    @property
    def share(self) -> float | None:
        """The plain share on which they agreed; None of nothing."""
        return self.agreed / self.n if self.n else None


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """Compare what the first and the second reader said of each thing."""
    said = list(pairs)
    n = len(said)
    agreed = sum(1 for first, second in said if first == second)
    if not n:
        return Agreement(0, 0, None)
    firsts, seconds = Counter(first for first, _ in said), Counter(second for _, second in said)
    by_chance = sum(firsts[verdict] * seconds[verdict] for verdict in firsts)
    if by_chance == n * n:
        return Agreement(n, agreed, None)
    return Agreement(n, agreed, (agreed * n - by_chance) / (n * n - by_chance))
