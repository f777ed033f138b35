from __future__ import annotations


def table(text: str) -> list[dict[str, str]]:
    """Rows of a small table drawn with bars; a blank cell is left out of its row.

    The second line may be a rule of dashes.
    """
    lines = [
        line for line in text.strip().splitlines() if set(line.strip()) - set("-+| ")
    ]
    header, *rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [
        {name: cell for name, cell in zip(header, row, strict=True) if cell}
        for row in rows
    ]
