"""What is lost, doubled, or away for long when something fails while people work.

`make bench only=faults` makes every fault: those of a site (`site`), of a room
(`room`), of two writers (`writers`), of half a deploy (`deploy`).
"""

from __future__ import annotations
