"""What a coordination does, function by function: done, missing, what to do next.

The functions are those of the Coordination Territoriale pour l’Inclusion Numérique
told in S004 (S004-12, S004-15, S004-16, S004-19…24). What the team wrote is all that is
known: a function of which nothing is written is said to be without a trace, never not
done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jalons.actors.figures import matrix_of
from jalons.actors.grids import ROLES
from jalons.coordination import sharing
from jalons.coordination.figures import bodies_of, register_of
from jalons.coordination.sittings import agreements_of, stages_of
from jalons.documents.words import date_format
from jalons.funding.seeking import sought_in
from jalons.groups.figures import groups_of
from jalons.roadmaps.money import euros
from jalons.spaces.models import Space

SHOWN = 6
"""Lines named under a function: its own page lists the others."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something done, where it can be read, and whether it was invented."""

    words: str
    url: str = ""
    is_simulated: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the coordination; `missing` is empty when nothing is."""

    code: str
    title: str
    about: str
    done: Sequence[Line]
    missing: Sequence[str]
    next: Line
    more: int = 0

    @property
    def state(self) -> str:
        if not self.done:
            return "none"
        return "partly" if self.missing else "done"


def functions_of(space: Space) -> list[Function]:
    """The eleven functions, from who leads to who gathers."""
    return [
        one(space)
        for one in (
            _lead,
            _bodies,
            _roles,
            _strategies,
            _diagnoses,
            _actions,
            _money,
            _posts,
            _economy,
            _stages,
            _members,
        )
    ]


def _function(
    code: str,
    title: str,
    about: str,
    done: Sequence[Line],
    missing: Sequence[str],
    next: Line,
) -> Function:
    kept = [one for one in missing if one]
    more = max(len(done) - SHOWN, 0)
    return Function(code, title, about, done[:SHOWN], kept, next, more)


def _lead(space: Space) -> Function:
    url = reverse("actors:leads", args=[space.pk])
    found = [
        Line(f"{one.actor.name} · {one.territory.name}", url, one.actor.is_simulated)
        for one in sharing.leads_of(space)
    ]
    missing = "" if found else _("No lead actor is named on any territory.")
    return _function(
        "lead",
        _("One actor leads"),
        _("A town hall, a CCAS, an EPCI… that the others know and that answers."),
        found,
        [missing],
        Line(_("Say who leads, since when and by what mandate"), url),
    )


def _bodies(space: Space) -> Function:
    found = bodies_of(space, on=timezone.localdate())
    done = [
        Line(
            _("%(body)s: %(colleges)s")
            % {
                "body": one.body,
                "colleges": ", ".join(
                    f"{college.words} {len(college.seats)}" for college in one.colleges
                ),
            },
            reverse("coordination:body", args=[space.pk, one.body.pk]),
            one.body.group.is_simulated,
        )
        for one in found
    ]
    seated = {
        college.words for one in found for college in one.colleges if college.seats
    }
    every = {college.words for one in found for college in one.colleges}
    names = ", ".join(sorted(every - seated))
    missing = [_("No body of the coordination is noted.")] if not found else []
    if names:
        missing.append(_("Nobody sits for: %(names)s.") % {"names": names})
    return _function(
        "bodies",
        _("Three colleges decide together"),
        _("Institutions, digital mediation with residents, private sector."),
        done,
        missing,
        Line(
            _("Note a body and its members"),
            reverse("coordination:show", args=[space.pk]),
        ),
    )


def _roles(space: Space) -> Function:
    url = reverse("actors:grid", args=[space.pk, "roles"])
    found = matrix_of(space, ROLES)
    words = ngettext(
        "%(n)s actor of %(all)s has said what it does, and how far.",
        "%(n)s actors of %(all)s have said what they do, and how far.",
        found.spoke,
    ) % {"n": found.spoke, "all": len(found.rows)}
    done = [Line(words, url, found.is_simulated)] if found.spoke else []
    silent = len(found.rows) - found.spoke
    missing = ngettext(
        "%(n)s actor has said nothing yet.",
        "%(n)s actors have said nothing yet.",
        silent,
    ) % {"n": silent}
    empty = _("The table of actors is empty.")
    return _function(
        "roles",
        _("Everybody acts, not at the same level"),
        _("Who notices, orients, assists, supports, trains, equips, funds, leads."),
        done,
        [missing if silent else "" if found.rows else empty],
        Line(_("Fill in who does what"), url),
    )


def _strategies(space: Space) -> Function:
    found = sharing.strategies_of(space)
    done = [
        Line(
            _("%(title)s, carried with: %(names)s")
            % {"title": one.roadmap, "names": ", ".join(one.actors)},
            reverse("roadmaps:show", args=[one.roadmap.pk]),
            one.roadmap.is_simulated,
        )
        for one in found
        if one.is_shared
    ]
    alone = ", ".join(str(one.roadmap) for one in found if not one.is_shared)
    missing = [_("No roadmap is begun.")] if not found else []
    if alone:
        words = _("Nobody, or one actor only, in the project group of: %(names)s.")
        missing.append(words % {"names": alone})
    return _function(
        "strategies",
        _("Strategies are shared"),
        _("A roadmap whose project group brings several actors together."),
        done,
        missing,
        Line(
            _("Open the roadmaps and their project group"),
            reverse("roadmaps:list", args=[space.pk]),
        ),
    )


def _diagnoses(space: Space) -> Function:
    found = sharing.diagnoses_of(space)
    done = [
        Line(
            _("%(place)s: findings discussed %(reviewed)s, times made known %(told)s")
            % {
                "place": one.diagnosis.territory.name,
                "reviewed": one.reviewed,
                "told": one.told,
            },
            reverse("diagnosis:findings", args=[one.diagnosis.pk]),
            one.diagnosis.is_simulated,
        )
        for one in found
        if one.reviewed or one.told
    ]
    quiet = ", ".join(one.diagnosis.territory.name for one in found if not one.told)
    missing = [_("No diagnosis is begun.")] if not found else []
    if quiet:
        missing.append(_("Made known to nobody: %(names)s.") % {"names": quiet})
    return _function(
        "diagnoses",
        _("Diagnoses are shared"),
        _("Findings that the team discussed, and that others were told of."),
        done,
        missing,
        Line(
            _("Open the diagnoses, and say to whom they were told"),
            reverse("diagnosis:list", args=[space.pk]),
        ),
    )


def _actions(space: Space) -> Function:
    found = sharing.joint_actions_of(space)
    done = [
        Line(
            f"{one.action} – {', '.join(one.who)}",
            reverse("roadmaps:show", args=[one.roadmap.pk]),
            one.roadmap.is_simulated,
        )
        for one in found.actions
    ]
    alone = found.count - len(found.actions)
    words = ngettext(
        "%(n)s action of %(all)s names fewer than two organisations.",
        "%(n)s actions of %(all)s name fewer than two organisations.",
        alone,
    ) % {"n": alone, "all": found.count}
    none = _("No action is written in a roadmap.")
    return _function(
        "actions",
        _("Actions are built together"),
        _("An action that names two organisations or more: who leads, its partners."),
        done,
        [words if alone else "" if found.count else none],
        Line(
            _("Name the partners of an action"),
            reverse("roadmaps:list", args=[space.pk]),
        ),
    )


def _money(space: Space) -> Function:
    found, url = sought_in(space), reverse("funding:schemes", args=[space.pk])
    done = []
    if found.count:
        words = _(
            "Asked and waiting: %(asked)s; granted: %(granted)s; refused: %(refused)s. "
            "Funders: %(names)s."
        )
        said = {
            "asked": euros(found.sums.asked),
            "granted": euros(found.sums.granted),
            "refused": euros(found.sums.refused),
            "names": ", ".join(found.funders),
        }
        invented = space.roadmaps.filter(is_simulated=True).exists()
        done = [Line(words % said, reverse("roadmaps:list", args=[space.pk]), invented)]
    missing = "" if done else _("No request for money is noted for an action.")
    return _function(
        "money",
        _("Money is looked for together"),
        _("What is asked of funders for the actions, and what they answered."),
        done,
        [missing],
        Line(_("Look through the funding schemes"), url),
    )


def _posts(space: Space) -> Function:
    url = reverse("actors:posts", args=[space.pk])
    found = sharing.posts_in(space, on=timezone.localdate())
    words = ngettext(
        "%(n)s post of adviser is known.",
        "%(n)s posts of advisers are known.",
        found.count,
    ) % {"n": found.count}
    done = [Line(words, url)] if found.count else []
    done += [
        Line(
            _("%(post)s: funded until %(day)s")
            % {"post": one.post, "day": date_format(day)},
            url,
            one.post.actor.is_simulated,
        )
        for one in found.ending
        if (day := one.post.funding_ends_on)
    ]
    unknown = ngettext(
        "The end of funding of %(n)s post is not known.",
        "The end of funding of %(n)s posts is not known.",
        found.unknown,
    ) % {"n": found.unknown}
    none = _("No post of adviser is noted.")
    return _function(
        "posts",
        _("The end of the posts is seen coming"),
        _("Advisers are often funded for two years: their end is prepared early."),
        done,
        [unknown if found.unknown else "" if found.count else none],
        Line(_("Note the posts and their funders"), url),
    )


def _economy(space: Space) -> Function:
    url = reverse("coordination:register", args=[space.pk])
    found = register_of(space)
    done = [
        Line(
            _("%(college)s: %(given)s given, %(promised)s promised")
            % {
                "college": one.words,
                "given": one.given.count,
                "promised": one.promised.count,
            },
            url,
            found.is_simulated,
        )
        for one in found.colleges
        if one.actors
    ]
    silent = ", ".join(found.silent)
    missing = [] if found.rows else [_("No contribution is noted.")]
    if silent:
        words = _("They put procedures online and nothing is noted of them: %(names)s.")
        missing.append(words % {"names": silent})
    return _function(
        "economy",
        _("Each one gives its share"),
        _("Whoever puts procedures online has an interest in helping people use them."),
        done,
        missing,
        Line(_("Note what an actor gives or promises"), url),
    )


def _stages(space: Space) -> Function:
    url = reverse("coordination:show", args=[space.pk])
    found = stages_of(space, at=timezone.now())
    done = [
        Line(
            f"{one.label} – {date_format(one.done.done_on)}",
            url,
        )
        for one in found
        if one.done
    ]
    done += [
        Line(
            one.agreement.title,
            reverse("coordination:agreements", args=[space.pk]),
            one.agreement.is_simulated,
        )
        for one in agreements_of(space, on=timezone.localdate())
        if not one.is_over
    ]
    left = ", ".join(one.label for one in found if not one.done)
    words = _("Not said to be done: %(names)s.") % {"names": left}
    return _function(
        "stages",
        _("One stage after the other"),
        _("Meet those who lead, hold workshops, share news; then sign agreements."),
        done,
        [words if left else ""],
        Line(_("Say which stage is done"), url),
    )


def _members(space: Space) -> Function:
    today, url = timezone.localdate(), reverse("groups:list", args=[space.pk])
    done = [
        Line(
            ngettext("%(group)s: %(n)s member", "%(group)s: %(n)s members", one.members)
            % {"group": one.group, "n": one.members},
            reverse("groups:show", args=[space.pk, one.group.pk]),
            one.group.is_simulated,
        )
        for one in groups_of(space, today)
        if one.group.ended_on is None
    ]
    last = sharing.last_gathering(space, at=timezone.now())
    missing = [] if done else [_("No group of actors is noted.")]
    if last is None:
        missing.append(_("No plenary was held: nothing shows that all have met."))
    elif timezone.localdate(last) < today - sharing.YEAR:
        words = _("The last plenary was held on %(day)s, more than a year ago.")
        missing.append(words % {"day": date_format(timezone.localdate(last))})
    return _function(
        "members",
        _("The network grows and gathers"),
        _("Its members over time, and a day each year when all of them meet."),
        done,
        missing,
        Line(_("Open the groups and their members"), url),
    )
