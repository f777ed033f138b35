"""The gaps of a role matrix in plain sentences, with the number of actors heard."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jalons.actors.figures import ActorTable, Matrix
from jalons.actors.vocabulary import read_vocabulary
from jalons.analysis.role_matrix import RoleState, State

GAPS: dict[State, str | Promise] = {
    "nobody": gettext_lazy("%(role)s: no actor says anything about it."),
    "referral_only": gettext_lazy(
        "%(role)s: whoever speaks of it refers people elsewhere, and nobody does it."
    ),
    "nobody_in_charge": gettext_lazy(
        "%(role)s: some take part in it, nobody does it entirely."
    ),
    "one_only": gettext_lazy(
        "%(role)s: %(actor)s alone does it. What happens the day it stops?"
    ),
}


def gap_sentences(matrix: Matrix) -> list[str]:
    """One sentence for each role that is not held, in the order of the roles."""
    if matrix.gaps is None:
        return []
    return [_gap(one, matrix) for one in matrix.gaps.gaps]


def held_sentence(matrix: Matrix) -> str:
    """The roles that two actors at least do; nothing when there is none."""
    if matrix.gaps is None:
        return ""
    held = [_role(one.role) for one in matrix.gaps.roles if not one.is_gap]
    if not held:
        return ""
    return _("Two actors at least do it: %(roles)s.") % {"roles": listed(held)}


def dead_end_sentences(matrix: Matrix) -> list[str]:
    """Actors that refer people to somebody who is not in the table."""
    if matrix.gaps is None:
        return []
    names = {row.actor.pk: row.actor.name for row in matrix.rows}
    sentence = _("%(actor)s refers people elsewhere for “%(role)s”: to whom?")
    return [
        sentence % {"actor": names[one.actor], "role": _role(one.role).lower()}
        for one in matrix.gaps.dead_ends
    ]


def heard_sentence(matrix: Matrix) -> str:
    """How many actors of the table were heard, so that the gaps are read rightly."""
    total = len(matrix.rows)
    sentence = ngettext(
        "%(heard)d actor of %(total)d has said something; a blank is not a “no”.",
        "%(heard)d actors of %(total)d have said something; a blank is not a “no”.",
        matrix.spoke,
    )
    return sentence % {"heard": matrix.spoke, "total": total}


def missing_sentences(table: ActorTable) -> list[str]:
    """What a varied table would hold, and this one does not."""
    sentences = []
    for college in table.absent_colleges:
        said = _("No actor of the college “%(college)s”.") % {"college": college}
        sentences.append(f"{said} {college.about}")
    return sentences


def listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _gap(state: RoleState, matrix: Matrix) -> str:
    alone = ""
    if state.state == "one_only":
        alone = _who_does(state.role, matrix)
    return str(GAPS[state.state]) % {"role": _role(state.role), "actor": alone}


def _who_does(role: str, matrix: Matrix) -> str:
    column = [one.id for one in matrix.columns].index(role)
    doing = [row.actor.name for row in matrix.rows if row.cells[column].level == "does"]
    return listed(doing)


def _role(code: str) -> str:
    return str(read_vocabulary().roles[code])
