"""What a room survives: a worker killed, the database restarted, packets lost, sleep.

Each fault is made while people vote, served by `jalons serve`:

* *worker*: the web process is killed at once (SIGKILL), several times;
* *database*: PostgreSQL, in a cluster of its own, is stopped without waiting and
  started again, then once more by ending what is under way (not measured where it is
  missing);
* *loss*: three packets in ten are dropped, both ways, in a network namespace of its own
  (`unshare`, `ip` and `nft`; not measured where one of them is missing);
* *sleep*: telephones stop listening, forget answers on the way, come back later.

Then every acknowledged vote is in the ledger once, and what the projector shows is what
the ledger adds up to.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.cluster import Cluster, is_there
from benchmarks.driver import Line, show, write
from benchmarks.load.room import Played, play
from benchmarks.phones import PAUSE, Phone, follow
from benchmarks.serving import Room, Server

PEOPLE, QUICK_PEOPLE = 100, 8
ITEMS = 12
LOSSY = """table inet lossy {{
  chain input {{
    type filter hook input priority 0;
    tcp dport {port} numgen random mod 100 < 30 drop
    tcp sport {port} numgen random mod 100 < 30 drop
  }}
}}"""
Spoil = Callable[[Server], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong, and what people who vote do meanwhile."""

    name: str
    spoil: Spoil
    thinking: tuple[float, float] = (1.0, 4.0)


async def sleeper(phone: Phone, room: Room, alias: str) -> None:
    """Somebody whose telephone sleeps now and then, sometimes before the answer."""
    await asyncio.sleep(random.uniform(0, room.arriving))
    await phone.join(room.code, alias)
    for item in room.items:
        listening = follow(phone, phone.address, phone.after, lambda *_told: None)
        hearing = asyncio.create_task(listening)
        await asyncio.sleep(random.uniform(*room.thinking))
        hearing.cancel()
        grades = random.randint(1, 5), random.randint(1, 5)
        if random.random() < 0.3:
            await _forget(phone, item, *grades)
            await phone.read(f"?item={item}")
        await phone.rate(item, *grades)


async def _forget(phone: Phone, item: int, impact: int, mastery: int) -> None:
    """Send, and sleep before the answer: the line is cut under the server."""
    sending = asyncio.create_task(phone.rate(item, impact, mastery))
    await asyncio.sleep(random.uniform(0, 0.05))
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending
    phone.hang_up()
    await asyncio.sleep(random.uniform(0, PAUSE))


async def kill_worker(server: Server) -> None:
    for _time in range(4):
        await asyncio.sleep(6)
        server.kill_worker()


def restart(cluster: Cluster, pause: float) -> Spoil:
    """The database stops as by a fault of the machine, then as by its administrator."""

    async def spoil(_server: Server) -> None:
        for mode in ("immediate", "fast"):
            await asyncio.sleep(pause)
            await asyncio.to_thread(cluster.restart, mode)

    return spoil


async def lose_packets(server: Server) -> None:
    rules = LOSSY.format(port=server.port).encode()
    subprocess.run(["nft", "-f", "-"], input=rules, check=True)
    await asyncio.sleep(1)


async def sleep_only(server: Server) -> None:
    """Nothing else goes wrong."""


FAULTS = {
    "worker": Fault("worker killed", kill_worker),
    "database": Fault("database restarted", sleep_only),
    "loss": Fault("three packets in ten lost", lose_packets),
    "sleep": Fault("telephones asleep", sleep_only, (0.1, 1.0)),
}


def suffer(name: str, people: int, thinking: tuple[float, float] | None) -> Played:
    """One room under one fault."""
    fault = FAULTS[name]
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        database = ""
        if name == "database":
            folder.chmod(0o711)
            cluster = opened.enter_context(Cluster(folder / "cluster"))
            database = cluster.url
            fault = replace(fault, spoil=restart(cluster, 1.5 if thinking else 10.0))
        server = opened.enter_context(Server(folder, database))
        room = server.make_room(ITEMS)
        room = replace(room, arriving=3.0, thinking=thinking or fault.thinking)
        return asyncio.run(_spoiled(server, room, people, fault.spoil))


async def _spoiled(server: Server, room: Room, people: int, spoil: Spoil) -> Played:
    spoiling = asyncio.create_task(spoil(server))
    played = await play(server, room, people, sleeper)
    await spoiling
    return played


def _told(name: str, played: Played) -> list[str]:
    """What is amiss, after a line that shows that the fault did happen."""
    tally = played.tally
    lost = f"{tally.lost} answers lost on the way, {tally.away} while it was away"
    print(f"{FAULTS[name].name}: {lost}, {len(tally.acknowledged)} votes counted")
    return list(played.faults)


def _apart(people: int) -> list[str] | None:
    """What is amiss in a room played in a namespace without another network."""
    if not all(shutil.which(name) for name in ("unshare", "ip", "nft")):
        return None
    command = (
        f"ip link set lo up && {sys.executable} -m benchmarks.faults.room {people}"
    )
    done = subprocess.run(
        ["unshare", "--map-root-user", "--net", "sh", "-c", command],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    *told, last = done.stdout.splitlines()
    print("\n".join(told))
    found: list[str] = json.loads(last)
    return found


def main(*, quick: bool = False, full: bool = False) -> None:
    people = QUICK_PEOPLE if quick else PEOPLE
    found: list[Line] = []
    for name, fault in FAULTS.items():
        amiss: list[str] | None = None
        if name == "loss":
            amiss = _apart(people)
        elif name != "database" or is_there():
            amiss = _told(name, suffer(name, people, (0.1, 0.5) if quick else None))
        for one, times in Counter(amiss or ()).most_common(10):
            print(f"{fault.name}: {one} × {times}")
        count = None if amiss is None else len(amiss)
        reached = None if amiss is None else not amiss
        goal = f"{fault.name}: votes lost, doubled or not shown"
        found.append(Line(goal, "", count, None, None, None, 0, reached))
    write("live_faults", found, [])
    show(found)
    assert all(line.reached is not False for line in found)


if __name__ == "__main__":
    print(json.dumps(_told("loss", suffer("loss", int(sys.argv[1]), None))))
