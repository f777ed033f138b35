from __future__ import annotations

from jalons.library import operations
from jalons.library.definitions import Content
from jalons.library.models import Sheet
from tests.house.calls.call import Call, Side


def calls(side: Side) -> dict[str, Call]:
    """A sheet that everybody reads."""
    content = Content(title=f"Fiche {side.mark}", summary="Un résumé")
    new = operations.New(Sheet.Kind.LANDMARK, side.space)
    sheet = operations.create_sheet(new, content, by=side.owner)
    operations.publish_sheet(sheet, by=side.owner)
    return {"library:show": Call({"code": sheet.code})}
