"""What follows from the facts."""

from typing import Literal, TypeAlias

Reasoner: TypeAlias = Literal["rules", "owlrl"]
