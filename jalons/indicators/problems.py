"""What is wrong in a file of figures or definitions, told to whoever mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: file, line (from 1), column or key, and the mend.

    Line 0 and an empty field say that the whole file is meant.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = [self.file]
        if self.line:
            place.append(_("line %(line)d") % {"line": self.line})
        if self.field not in ("", "-"):
            place.append(self.field)
        return _("%(place)s: %(message)s") % {
            "place": ", ".join(place),
            "message": self.message,
        }


class InvalidFile(ValueError):
    """Files that cannot be loaded, with all that must be mended; nothing is kept."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
