"""The client of the documentation, run as it is written: what it reads and writes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from jalons.evaluation.models import Measure
from jalons.territories.models import Territory
from tests.api.writing import make_program
from tests.evaluation.plans import make_evaluation
from tests.factories import make_space, make_user
from tests.indices.conftest import observe
from tests.roadmaps.plans import make_roadmap

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "api.md"


def test_the_client_of_the_documentation_reads_every_part_and_writes_once(
    transactional_db, live_server, capsys
):
    codes = [f"3300{n}" for n in range(1, 6)]
    Territory.objects.bulk_create(
        Territory(code=code, kind="commune", name=code) for code in codes
    )
    values = dict.fromkeys(codes, 12.5) | {"33002": None, "33004": 20.0}
    observe("poverty_rate", values)
    owner = make_user()
    space = make_space(owner=owner)
    make_evaluation(make_roadmap(space, by=owner), "O1", by=owner)
    reads, writes = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    secret = make_program(space, owner).secret

    written = reads.replace("https://jalons.example", live_server.url) + writes
    exec(written.replace("jln_…", secret), {})

    told = capsys.readouterr().out.splitlines()
    assert told[0] == "4 communes, 20.0 % at most"
    assert told[1] == "Un titre - sent again: None"
    assert told[2] == "1 secret in the whole file"
    # Tried, written, sent again: what was tried left nothing, or it would be known.
    assert told[3:6] == ["[{'line': 1, 'state': 'created'}]"] * 3
    assert told[6].startswith("1 value ")
    measure = Measure.objects.get()
    assert (measure.value, measure.measured_on) == (Decimal(1305), date(2026, 1, 31))
