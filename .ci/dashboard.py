"""Holds dashboards against Grafana's own model: what it reads of a file and writes again must be the file."""

import json
import pathlib
import sys

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.cog.plugins import register_default_plugins
from grafana_foundation_sdk.models.dashboard import Dashboard

# What Grafana knows and its model leaves out: the text of a variable's query, which its editor shows.
UNMODELLED = {"definition"}


def differences(given, known, place):
    """Keys and values that the model does not know, or knows otherwise."""
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            if key in known:
                yield from differences(value, known[key], f"{place}.{key}")
            elif key not in UNMODELLED:
                yield f"{place}.{key} is not known"
    elif isinstance(given, list) and isinstance(known, list) and len(given) == len(known):
        for index, (one, other) in enumerate(zip(given, known)):
            yield from differences(one, other, f"{place}[{index}]")
    elif given != known:
        yield f"{place} is {given!r}, which reads as {known!r}"


register_default_plugins()
problems = []
for path in map(pathlib.Path, sys.argv[1:]):
    given = json.loads(path.read_text())
    known = json.loads(JSONEncoder().encode(Dashboard.from_json(given)))
    problems += [f"{path}: {problem}" for problem in differences(given, known, "dashboard")]
print("\n".join(problems), end="\n" if problems else "")
sys.exit(1 if problems else 0)
