"""`jalons search-schemes`: schemes that Aides-territoires offers for an action."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.accounts.models import User
from jalons.funding import aides_territoires
from jalons.funding.aides_territoires import Question, Unavailable
from jalons.funding.fitting import searchable
from jalons.funding.forms import APPLICANTS, SearchForm
from jalons.funding.operations import keep_answer
from jalons.roadmaps.models import Action, Roadmap
from jalons.spaces.access import find_editor


class Command(BaseCommand):
    help = "Ask Aides-territoires which schemes fit an action of a roadmap."

    def add_arguments(self, parser):
        parser.add_argument("action", type=int, help="its number, in its address")
        parser.add_argument("--by", required=True, help="your address, for the journal")
        parser.add_argument("--words", default="", help="by default, none")
        parser.add_argument("--applicant", default="", choices=["", *APPLICANTS])
        parser.add_argument("--territory", default="", help="its code")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")

    def handle(self, *, action, by, dry_run, **options):
        row, user = _known(action, by)
        question = _question(row.workstream.stake.roadmap, options)
        try:
            answer = aides_territoires.search(question)
        except Unavailable as error:
            raise CommandError(str(error)) from error
        if not dry_run:
            keep_answer(row, question, answer, by=user)
        told = {
            "written": not dry_run,
            "territory": question.territory.code,
            "found": answer.count,
            "schemes": [asdict(one) for one in answer.aids],
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2, default=str))


def _known(pk: int, email: str) -> tuple[Action, User]:
    """The action, and somebody who may edit its space."""
    row = (
        Action.objects.filter(pk=pk)
        .select_related("workstream__stake__roadmap__space__territory")
        .first()
    )
    if row is None:
        raise CommandError(_("No action has this number."))
    user = find_editor(email, row.workstream.stake.roadmap.space_id)
    if user is None:
        raise CommandError(_("This address is not that of an editor of the space."))
    return row, user


def _question(roadmap: Roadmap, options: dict[str, str]) -> Question:
    """The same as on the page: checked by its form."""
    first = searchable(roadmap).values_list("pk", flat=True).first()
    asked = {
        "territory": options["territory"] or first,
        "words": options["words"],
        "applicant": options["applicant"],
    }
    form = SearchForm(asked, roadmap=roadmap)
    if not form.is_valid():
        told = [f"{name}: {error[0]}" for name, error in form.errors.items()]
        raise CommandError(" ".join(told))
    return Question(**form.cleaned_data)
