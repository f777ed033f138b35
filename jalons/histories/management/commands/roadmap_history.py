from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jalons.histories.figures import Change, changes_of, places_of, revisions_of
from jalons.roadmaps.figures import plan_of
from jalons.roadmaps.models import Revision, Roadmap


class Command(BaseCommand):
    help = "Tell who wrote what in a roadmap, the latest first; writes nothing."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="number of the roadmap")
        parser.add_argument("--line", help="one line only: stake-12, action-7, part-3")
        parser.add_argument("--most", type=int, default=100, help="at most this many")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, number, line, most, **options):
        roadmap = Roadmap.objects.filter(pk=number).first()
        if roadmap is None:
            message = _("No roadmap has the number %(number)d.")
            raise CommandError(message % {"number": number})
        plan = plan_of(roadmap)
        found = revisions_of(plan, _line(line)).select_related("written_by")
        changes = changes_of(found[: max(most, 0)], places_of(plan), whole=True)
        if options["json"]:
            report = [_told(one) for one in changes]
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for one in changes:
            self.stdout.write(_said(one))
            for field in one.fields:
                self.stdout.write(f"  {field.label}: {field.before} → {field.after}")


def _line(name: str | None) -> tuple[str, int] | None:
    if name is None:
        return None
    kind, _dash, pk = name.partition("-")
    if kind not in Revision.Kind.values or not pk.isdecimal():
        raise CommandError(_("No line is named %(name)s.") % {"name": name})
    return kind, int(pk)


def _told(one: Change) -> dict[str, object]:
    revision = one.revision
    return {
        "line": one.line,
        "code": one.place.code if one.place else None,
        "words": one.words,
        "fate": revision.fate,
        "at": revision.written_at.isoformat(),
        "by": str(revision.written_by) if revision.written_by else None,
        "version": revision.version,
        "changes": [
            {"what": field.label, "before": field.before, "after": field.after}
            for field in one.fields
        ],
    }


def _said(one: Change) -> str:
    who = str(one.revision.written_by or "–")
    day = f"{one.revision.written_at:%Y-%m-%d %H:%M}"
    return f"{day} {who}, {one.revision.get_fate_display()} {one.line} « {one.words} »"
