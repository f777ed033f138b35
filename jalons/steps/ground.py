"""What a space holds that shows how far an approach is, each read once when asked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from jalons.actors.models import Actor
from jalons.diagnosis.board import Board, board_of, boards_of
from jalons.diagnosis.models import Diagnosis, Note, Visit
from jalons.ecosystems import figures as maps
from jalons.ecosystems.figures import Chart
from jalons.rounds.models import Round
from jalons.spaces.models import Space
from jalons.surveys.models import Response
from jalons.workshops.figures import MatrixLine, matrices_of
from jalons.workshops.models import Activity, Minutes


class Ground:
    """The objects of a space: the same for each of its roadmaps, read once for all."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self._boards: dict[int, Board] = {}

    def board_of(self, diagnosis: Diagnosis) -> Board:
        if diagnosis.pk not in self._boards:
            self._boards[diagnosis.pk] = board_of(diagnosis)
        return self._boards[diagnosis.pk]

    @cached_property
    def boards(self) -> list[Board]:
        found = boards_of(self.space.diagnoses.all())
        self._boards |= {one.diagnosis.pk: one for one in found}
        return found

    @cached_property
    def guests(self) -> list[Actor]:
        """Actors invited to a meeting of the space, each once."""
        invited = self.space.actors.exclude(meetings=None)
        return list(invited.distinct())

    @cached_property
    def visits(self) -> int:
        found: int = Visit.objects.filter(diagnosis__space=self.space).count()
        return found

    @cached_property
    def rounds(self) -> int:
        """Field surveys in which somebody answered: one only opened heard nobody."""
        answers = Response.objects.submitted().filter(campaign__space=self.space)
        found: int = Round.objects.filter(
            campaign__in=answers.values("campaign")
        ).count()
        return found

    @cached_property
    def handed(self) -> Note | None:
        """The last note on whom the sheet of a diagnosis was handed to."""
        notes = Note.objects.filter(diagnosis__space=self.space, question="handed")
        found: Note | None = notes.order_by("-written_at").first()
        return found

    @cached_property
    def matrices(self) -> list[tuple[Activity, Sequence[MatrixLine]]]:
        """The matrices of its workshops, with what was rated on each."""
        found = Activity.objects.filter(
            kind="matrix", workshop__meeting__space=self.space
        )
        activities = list(found.select_related("workshop__meeting"))
        read = matrices_of(activities)
        return [(one.activity, one.rated) for one in read]

    @cached_property
    def minutes(self) -> list[Minutes]:
        """Those of the workshops of a matrix."""
        matrices = [activity for activity, _rated in self.matrices]
        found = Minutes.objects.filter(workshop__activities__in=matrices)
        return list(found.distinct())

    @cached_property
    def charts(self) -> list[Chart]:
        """What stands around each centre of its resource maps."""
        every = maps.boards_of(self.space.resource_maps.order_by("pk"))
        return [chart for board in every for chart in board.charts]
