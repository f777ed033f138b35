"""The client of the documentation, run as it is written."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from jalons.territories.models import Territory
from tests.indices.conftest import observe

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "api.md"


def test_the_client_of_the_documentation_reads_every_part(
    transactional_db, live_server, capsys
):
    codes = [f"3300{n}" for n in range(1, 6)]
    Territory.objects.bulk_create(
        Territory(code=code, kind="commune", name=code) for code in codes
    )
    values = dict.fromkeys(codes, 12.5) | {"33002": None, "33004": 20.0}
    observe("poverty_rate", values)
    (written,) = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)

    exec(written.replace("https://jalons.example", live_server.url), {})

    assert capsys.readouterr().out == "4 communes, 20.0 % at most\n"
