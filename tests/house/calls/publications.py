from __future__ import annotations

from datetime import date

from django.utils import timezone

from jalons.network.models import Exchange
from jalons.publications import operations
from tests.factories import make_territory
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A synthesis of the région, written and published."""
    # Five, since fewer are told by no table.
    for n in range(5):
        Exchange.objects.create(
            space=side.space,
            territory=make_territory(f"CC aidée {n} {side.mark}"),
            day=date(2026, 1, 5),
            kind=Exchange.Kind.CALL,
            support=Exchange.Support.TOOLS,
            summary=f"Appui {side.mark}",
        )
    report = operations.new_report(side.space)
    report.foreword = f"Avant-propos {side.mark}"
    operations.write_report(report, version=0, by=side.owner)
    operations.publish_report(report, public_from=timezone.now(), by=side.owner)
    one, of_issue = {"space_pk": side.space.pk}, {"slug": report.slug, "issue": 1}
    written = {"version": report.version, "title": "Un autre titre"}
    today = timezone.localdate().isoformat()
    return {
        "publications:edit": Call(one, post=written),
        "publications:publish": Call(one, post={"public_on": today}),
        "publications:withdraw": Call(one | {"number": 1}, post={"reason": "Faux."}),
        "publications:preview": Call(one),
        "publications:preview_chapter": Call(one | {"number": 1}),
        "publications:preview_method": Call(one),
        "publications:preview_table": Call(one | {"code": "appuis"}),
        "publications:preview_file": Call(one | {"format": "xlsx"}),
        "publications:latest": Call({"slug": report.slug}),
        "publications:public": Call(of_issue),
        "publications:public_chapter": Call(of_issue | {"number": 1}),
        "publications:public_method": Call(of_issue),
        "publications:public_table": Call(of_issue | {"code": "appuis"}),
        "publications:public_file": Call(of_issue | {"format": "xlsx"}),
    }
