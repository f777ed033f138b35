"""Simulated inhabitants: the older, the less at ease on average, with exceptions."""

from __future__ import annotations

from random import Random

SEX = ("woman", "man")
AGES = ("a15_17", "a18_24", "a25_39", "a40_54", "a55_64", "a65_79", "a80")
# People met at the market, at the post office: older and more women than the whole.
MET = (2, 5, 12, 18, 20, 30, 13)
EASE = (0.85, 0.9, 0.85, 0.72, 0.58, 0.42, 0.2)
TASKS = ("F6", "F7", "F8", "F9", "F10", "F11", "F12")
HARDNESS = (0.0, 0.1, 0.05, 0.2, 0.1, 0.25, 0.2)
MOMENTS = ("week_morning", "week_afternoon", "week_evening", "weekend")
WISHES = (
    ("procedures", 5),
    ("photos", 4),
    ("security", 4),
    ("health", 3),
    ("creative", 3),
    ("family", 3),
    ("shopping", 1),
    ("employment", 1),
    ("school", 1),
    ("own_business", 1),
)
PLACES = (
    ("library", 5),
    ("town_hall", 4),
    ("social_centre", 2),
    ("third_place", 3),
    ("market", 2),
    ("home", 3),
    ("remote", 1),
)


def answers_of(rng: Random) -> dict[str, object]:
    """What one simulated person answers, by code of question; the commune apart."""
    age = rng.choices(range(len(AGES)), MET)[0]
    ease = min(1.0, max(0.0, EASE[age] + rng.gauss(0, 0.18)))
    answers: dict[str, object] = {
        "sex": rng.choices(("woman", "man", "other"), (58, 40, 2))[0],
        "age": AGES[age],
        "situation": _situation(age, rng),
        "household": _one(rng, ("alone", 4), ("couple", 5), ("family", 4)),
        **_access(ease, rng),
    }
    if answers["F5"] in ("daily", "weekly", "seldom"):
        answers |= _uses(ease, rng)
    return answers | _help(ease, rng) | _wishes(ease, rng)


def _one(rng: Random, *weighted: tuple[str, int]) -> str:
    codes, weights = zip(*weighted, strict=True)
    return rng.choices(codes, weights)[0]


def _some(rng: Random, weighted: tuple[tuple[str, int], ...], most: int) -> list[str]:
    return sorted({_one(rng, *weighted) for _n in range(rng.randint(1, most))})


def _situation(age: int, rng: Random) -> str:
    if age < 2:
        return _one(rng, ("at_school", 6), ("working", 2), ("unemployed", 1))
    if age > 4:
        return "retired"
    return _one(rng, ("working", 7), ("unemployed", 2), ("other", 1))


def _access(ease: float, rng: Random) -> dict[str, object]:
    devices = {"computer": ease, "smartphone": ease + 0.25, "tablet": 0.25}
    held = [code for code, chance in devices.items() if rng.random() < chance]
    if not held:
        held = ["basic_phone"] if rng.random() < 0.8 else ["none"]
    limits = ["speed", "price_of_plan", "price_of_device", "no_printer"]
    met = [code for code in limits if rng.random() < 0.32 * (1.2 - ease)]
    frequency = ("daily", "weekly", "seldom", "formerly", "never")
    weights = (ease * 8, 1.2, 0.8, (1 - ease) * 0.5, (1 - ease) ** 2 * 3.5)
    found: dict[str, object] = {
        "F1": held,
        "F2": _one(rng, ("enough", 6), ("shared_or_old", 3), ("not_enough", 2)),
        "F3": _home(ease, rng),
        "F4": met or ["none"],
        "F5": rng.choices(frequency, weights)[0],
    }
    if rng.random() < 0.06:
        del found["F2"]
    return found


def _home(ease: float, rng: Random) -> str:
    kinds = ("fibre", "other_fixed", "mobile_only", "elsewhere", "no_access")
    weights = (4 * ease + 1, 3, 1, 0.3, 1.6 * (1 - ease))
    return rng.choices(kinds, weights)[0]


def _uses(ease: float, rng: Random) -> dict[str, object]:
    degrees = ("alone_easily", "alone_hardly", "helped", "never")
    found: dict[str, object] = {}
    for task, hardness in zip(TASKS, HARDNESS, strict=True):
        level = ease - hardness
        weights = (max(0.05, level) * 4, 1.5, max(0.2, 1.2 - level), (1 - level))
        found[task] = rng.choices(degrees, weights)[0]
    at_ease = ("very_at_ease", "rather_at_ease", "little_at_ease", "not_at_ease")
    found["F13"] = at_ease[min(3, int((1 - ease) * 4))]
    return found


def _help(ease: float, rng: Random) -> dict[str, object]:
    obstacles = (("fear", 4), ("complexity", 4), ("cost", 2), ("no_help", 3))
    return {
        "F14": _one(
            rng, ("several_times", 2), ("once", 2), ("no", round(4 + 5 * ease))
        ),
        "F15": _some(rng, (("relative", 6), ("town_hall", 2), ("library", 2)), 2),
        "F16": _some(rng, obstacles, 3) if ease < 0.75 else ["none"],
    }


def _wishes(ease: float, rng: Random) -> dict[str, object]:
    wish = _one(rng, ("soon", 3), ("later", 3), ("maybe", 2), ("no", 3))
    if wish == "no":
        return {"F17": wish}
    slots = ("yes", "sometimes", "no")
    moments = {one: rng.choices(slots, (4, 3, 4))[0] for one in MOMENTS}
    ways = (("walk", 3), ("car", 5), ("driven", 2), ("public_transport", 2))
    return {
        "F17": wish,
        "F18": _some(rng, WISHES, 3),
        "F19": _some(rng, PLACES, 2),
        "F19_how": _one(rng, ("alone", 3), ("small_group", 4), ("either", 3)),
        "F20": moments,
        "F20_transport": _some(rng, ways, 2),
    }
