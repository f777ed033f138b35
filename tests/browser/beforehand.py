"""What a team did before its roadmap: `python -m`, on the demonstration's files.

The two workshops of the demonstration are held and closed, the minutes of the matrix
are written and sent, every finding of the diagnosis is discussed, its sheet handed,
something serves each centre of the resource map.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402

from jalons.accounts.models import User  # noqa: E402
from jalons.diagnosis import operations as diagnosis  # noqa: E402
from jalons.diagnosis.board import board_of  # noqa: E402
from jalons.diagnosis.models import Diagnosis, Review  # noqa: E402
from jalons.diagnosis.operations import Noted  # noqa: E402
from jalons.ecosystems.figures import Board  # noqa: E402
from jalons.ecosystems.figures import board_of as board_of_map  # noqa: E402
from jalons.ecosystems.models import Link, ResourceMap  # noqa: E402
from jalons.ecosystems.operations import Hand, Said, draw_link  # noqa: E402
from jalons.meetings import operations as meetings  # noqa: E402
from jalons.workshops import operations as workshops  # noqa: E402
from jalons.workshops.minutes import draft_minutes, save_minutes  # noqa: E402
from jalons.workshops.models import Activity, Workshop  # noqa: E402
from jalons.workshops.sending import note_readers, send_minutes  # noqa: E402

State = Review.State
A_MONTH = timedelta(days=30)


def main() -> None:
    officer = User.objects.get(email=settings.DEMO_EMAIL)
    made = Diagnosis.objects.get()
    _discuss(made, officer)
    for workshop in Workshop.objects.filter(meeting__space=made.space, closed_at=None):
        _hold(workshop, officer)
    matrix = Activity.objects.get(kind="matrix", workshop__meeting__space=made.space)
    _tell(matrix.workshop, officer)
    for board in map(board_of_map, ResourceMap.objects.filter(space=made.space)):
        _tie(board, officer)


def _tie(board: Board, officer: User) -> None:
    """Something serves each centre of the resource map."""
    for place, chart in enumerate(board.charts):
        if not chart.linked:
            resource = board.map.resources.all()[place]
            said = Said(Link.Status.SOLID, 0, uuid4())
            draw_link(resource, chart.centre, said, by=Hand(officer))


def _discuss(made: Diagnosis, officer: User) -> None:
    """What waits is upheld by the field, then the sheet is handed to the bureau."""
    for one in board_of(made).lines:
        if one.state == State.PROPOSED:
            finding = made.findings.get(pk=one.pk)
            diagnosis.review_finding(finding, state=State.CONFIRMED, by=officer)
    told = Noted("handed", "", "", "Au bureau communautaire, en séance.")
    diagnosis.write_notes(made, "remettre", [told], by=officer)


def _hold(workshop: Workshop, officer: User) -> None:
    meeting = workshop.meeting
    meeting.starts_at -= A_MONTH
    meeting.ends_at -= A_MONTH
    meetings.save_meeting(meeting, [officer], by=officer)
    workshops.close_workshop(workshop, by=officer)


def _tell(workshop: Workshop, officer: User) -> None:
    """The minutes, read over and completed, then sent to who agreed on paper."""
    made = draft_minutes(workshop, by=officer)
    said = {
        "opening": f"{made.opening}\n\nRelu par le groupe projet.",
        "decisions": made.decisions,
        "next_steps": made.next_steps,
    }
    save_minutes(made, said, {}, version=made.version, by=officer)
    note_readers(workshop, ["amina@exemple.invalid"], by=officer)
    send_minutes(made, by=officer)


main()
