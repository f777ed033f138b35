"""The doors of the demonstration, and what its officer may be shown first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.rounds.models import Round
from jalons.spaces.access import Right, right_in
from jalons.spaces.models import Space
from jalons.surveys.models import Campaign
from jalons.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the demonstration leads: results, questionnaire, sign-in address."""

    results_url: str
    answer_url: str
    email: str


def doors() -> Doors | None:
    """The doors of the demonstration; None elsewhere, or before it is built."""
    if not settings.DEMO:
        return None
    simulated = Campaign.objects.of_institutions().filter(is_simulated=True)
    published = simulated.filter(publication__isnull=False).first()
    to_answer = simulated.open(on=timezone.localdate()).first()
    if published is None or to_answer is None:
        return None
    return Doors(
        results_url=reverse("observatory:public", args=[published.slug]),
        answer_url=reverse("surveys:notice", args=[to_answer.slug]),
        email=settings.DEMO_EMAIL,
    )


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the visit: what is seen there, and its address."""

    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Visit:
    """The pages worth opening first, in the order of the work."""

    collecting: tuple[Stop, ...]
    agreeing: tuple[Stop, ...]
    giving_back: tuple[Stop, ...]
    published: tuple[Stop, ...]
    acting: tuple[Stop, ...]


def visit(user: User) -> Visit | None:
    """The visit of this person: the pages they may open, and no other.

    None outside the demonstration, or before it is built.
    """
    if not settings.DEMO:
        return None
    simulated = Campaign.objects.of_institutions().filter(is_simulated=True)
    wave = simulated.filter(follows__publication__isnull=False).first()
    to_answer = simulated.open(on=timezone.localdate()).first()
    if wave is None or wave.follows is None or to_answer is None:
        return None
    first, can_edit = wave.follows, right_in(user, wave.space, Right.EDIT)
    return Visit(
        collecting=_collecting(to_answer) if can_edit else (),
        agreeing=_agreeing(wave) if can_edit else (),
        giving_back=_giving_back(wave, first) if can_edit else (),
        published=_published(first, to_answer),
        acting=_acting(user),
    )


def _published(first: Campaign, to_answer: Campaign) -> tuple[Stop, ...]:
    """What anybody may read, without being in any team."""
    return (
        Stop(
            _("The results, as the public reads them"),
            _("Maps, crossings and tables; small numbers are hidden."),
            reverse("observatory:public", args=[first.slug]),
        ),
        Stop(
            _("The synthesis, as it was published"),
            _("Chapters to read, files to take away, data and method."),
            reverse("synthesis:public", args=[first.slug]),
        ),
        Stop(
            _("The questionnaire, as a respondent sees it"),
            _("Nothing that you answer leaves this machine."),
            reverse("surveys:notice", args=[to_answer.slug]),
        ),
    )


def _collecting(survey: Campaign) -> tuple[Stop, ...]:
    return (
        Stop(
            _("Write a questionnaire"),
            _("Copy the one of the survey, change a question, publish your version."),
            reverse("questionnaires:ours", args=[survey.space_id]),
        ),
        Stop(
            _("Invite"),
            _("Fourteen invented people have received their link; who answers?"),
            reverse("invitations:show", args=[survey.pk]),
        ),
        Stop(
            _("Key what comes on paper"),
            _("One sheet was keyed twice, and two questions were not read alike."),
            reverse("keying:list", args=[survey.pk]),
        ),
        Stop(
            _("Bring in a file"),
            _(
                "Twelve simulated answers came by file, by telephone or on paper, each "
                "with its weight; nothing of yours is recorded before you confirm."
            ),
            reverse("imports:create", args=[survey.pk]),
        ),
    )


def _agreeing(wave: Campaign) -> tuple[Stop, ...]:
    return (
        Stop(
            _("Several answers, one EPCI"),
            _("Where respondents differ, and which answer counts."),
            reverse("reconciliation:show", args=[wave.pk]),
        ),
        Stop(
            _("The EPCI decide by their own link"),
            _("One validated, one corrected, one refused, one has not answered yet."),
            reverse("reconciliation:requests", args=[wave.pk]),
        ),
        Stop(
            _("What changed"),
            _("A second wave on the same questions, closed: what may be said of it?"),
            reverse("reconciliation:evolution", args=[wave.pk]),
        ),
    )


def _giving_back(wave: Campaign, first: Campaign) -> tuple[Stop, ...]:
    return (
        Stop(
            _("Results of the survey"),
            _("Maps and crossings of the first wave, as the team reads them."),
            reverse("observatory:show", args=[first.pk]),
        ),
        Stop(
            _("Returns to the EPCI"),
            _("Three have left, others are ready; read one before sending."),
            reverse("returns:list", args=[first.pk]),
        ),
        Stop(
            _("Synthesis"),
            _("Composed from the results, published, with its tables and its method."),
            reverse("synthesis:show", args=[first.pk]),
        ),
        Stop(
            _("Publish the second wave"),
            _("It is closed and nothing of it is public yet."),
            reverse("observatory:publish", args=[wave.pk]),
        ),
    )


def _diagnosed(team: Space) -> tuple[Stop, ...]:
    diagnosis = team.diagnoses.filter(is_simulated=True).first()
    if diagnosis is None:
        return ()
    return (
        Stop(
            _("A diagnosis in one hour, half done"),
            _("What was noted, what each step still asks for, and the document."),
            reverse("diagnosis:path", args=[diagnosis.pk]),
        ),
    )


def _met(team: Space) -> tuple[Stop, ...]:
    """The field survey of the team: whom it met, what they say, what to offer."""
    round = Round.objects.filter(campaign__space=team).first()
    if round is None:
        return ()
    return (
        Stop(
            _("A field survey"),
            _("180 simulated inhabitants on a map, refusals, surveyors, codes."),
            reverse("rounds:show", args=[round.pk]),
        ),
        Stop(
            _("What they say, and what to offer them"),
            _("Four profiles with their intervals; workshops by group of communes."),
            reverse("fieldwork:results", args=[round.pk]),
        ),
    )


def _gathering(team: Space) -> tuple[Stop, ...]:
    """How those who help meet, tell, and receive what readers propose."""
    return (
        Stop(
            _("Groups, and who was a member when"),
            _("An invented network of two years: choose a day, print the sheet."),
            reverse("groups:list", args=[team.pk]),
        ),
        Stop(
            _("What gets in the way of those who help"),
            _("Six invented messages: answer one, then read which problems come back."),
            reverse("community:list", args=[team.pk]),
        ),
        Stop(
            _("Who may be written to"),
            _("An invented group: its public page has a form, and shows no address."),
            reverse("community:mailboxes", args=[team.pk]),
        ),
        Stop(
            _("What a workstream can count on"),
            _(
                "Invented resources around one workstream: at work, known and not "
                "reached yet, and who sees to each."
            ),
            reverse("ecosystems:list", args=[team.pk]),
        ),
        Stop(
            _("What readers propose"),
            _("An invented place that looks like one that is there, and a resource."),
            reverse("resources:queue", args=[team.pk]),
        ),
    )


def _helping(team: Space) -> tuple[Stop, ...]:
    """Where help is, who was sent there, and what its lists lack."""
    return (
        Stop(
            _("Help that travels"),
            _("An invented bus and its two stops; found as places by those who look."),
            reverse("tours:list", args=[team.pk]),
        ),
        Stop(
            _("Where help is far"),
            _(
                "Around invented places: choose “at the weekend”, then open a place. "
                "Once INSEE’s files are loaded by commune, it says how many people "
                "concerned live far, and where posts, banks and libraries are: "
                "nothing is invented in their place."
            ),
            reverse("coverage:show", args=[team.territory_id]),
        ),
        Stop(
            _("What became of the people referred"),
            _("Ninety invented slips that name nobody; small counts do not leave."),
            reverse("orientation:list", args=[team.pk]),
        ),
        Stop(
            _("Keep the lists of places true"),
            _(
                "Invented places: what they lack, a pair to merge, an error reported, "
                "and a file that waits because some of its words are not those of the "
                "national list."
            ),
            reverse("curation:list", args=[team.pk]),
        ),
    )


def _acting(user: User) -> tuple[Stop, ...]:
    """What a team does on its territory; nothing for whoever is in no team."""
    team = Space.objects.joined_by(user).filter(kind=Space.Kind.TEAM).first()
    if team is None:
        return ()
    return (
        *_diagnosed(team),
        *_met(team),
        Stop(
            _("A figure that the team added"),
            _("A percentage of households, counted in the EPCI from its communes."),
            reverse("indicators:own", args=[team.pk]),
        ),
        Stop(
            _("Who acts here"),
            _("Seven invented actors: which families are missing around the table?"),
            reverse("actors:list", args=[team.pk]),
        ),
        Stop(
            _("The same actors, as everybody reads them"),
            _("The team chose so: bodies by family, territory and help, no person."),
            reverse("actors:public_list"),
        ),
        Stop(
            _("Who does what, and how far"),
            _("Roles that nobody holds or one alone; the table prints for a workshop."),
            reverse("actors:grid", args=[team.pk, "roles"]),
        ),
        *_gathering(team),
        *_worked_out(team),
        Stop(
            _("Posts, and when their funding ends"),
            _("Two invented posts, one of which ends within three months."),
            reverse("actors:posts", args=[team.pk]),
        ),
        *_helping(team),
    )


def _apart(team: Space) -> Iterator[Stop]:
    """A workshop held without internet, or on paper."""
    found = Workshop.objects.filter(meeting__space=team).exclude(outings=None)
    for workshop in found[:1]:
        address = [team.pk, workshop.pk]
        yield Stop(
            _("A workshop brought back from a room without internet"),
            _(
                "The file to take out, what came back, and a stake worded otherwise on "
                "both sides: choose which one holds."
            ),
            reverse("rooms:outing", args=address),
        )
        yield Stop(
            _("A workshop on paper"),
            _("Cards, ballots and sheets to print, and where each is keyed."),
            reverse("workshops:on_paper", args=address),
        )


def _worked_out(team: Space) -> tuple[Stop, ...]:
    """From a workshop to the roadmap that takes it up."""
    return (
        Stop(
            _("A workshop under way, that you may join"),
            _("Invented people rated ideas, wrote workstreams: write the minutes."),
            reverse("meetings:list", args=[team.pk]),
        ),
        *_apart(team),
        Stop(
            _("From stakes to actions: a roadmap"),
            _(
                "An invented EPCI: what its workshop gave, who leads, what is late, and"
                " the document composed from it."
            ),
            reverse("roadmaps:list", args=[team.pk]),
        ),
        *_around_the_roadmap(team),
    )


def _around_the_roadmap(team: Space) -> tuple[Stop, ...]:
    """What makes a roadmap hold; nothing once its example is gone."""
    example = team.roadmaps.filter(is_simulated=True).first()
    if example is None:
        return ()
    return (
        Stop(
            _("Are the conditions of success met?"),
            _("Nine conditions looked at twice, four months apart; one is left."),
            reverse("steps:conditions", args=[example.pk]),
        ),
        Stop(
            _("Who was told of what?"),
            _("A plan and a log: two things done, one late; print its poster."),
            reverse("communication:show", args=[example.pk]),
        ),
        Stop(
            _("Who pays for what?"),
            _("Invented schemes that fit or not, and a grant smaller than hoped."),
            reverse("funding:plan", args=[example.pk]),
        ),
    )
