"""The standard's own schemas, all offline, for whatever a test wants to hold to them."""

import json
from pathlib import Path

from jsonschema import Draft3Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

FOLDER = Path(__file__).parent / "vendor" / "popolo"
SCHEMAS = {file.stem: json.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.json")}
REGISTRY = Registry().with_resources(
    (s["id"].rstrip("#"), Resource.from_contents(s, default_specification=DRAFT3))
    for s in SCHEMAS.values()
)
OF = {
    "persons": "person", "organizations": "organization", "posts": "post",
    "memberships": "membership", "motions": "motion", "vote_events": "vote_event",
}  # fmt: skip


def faults(kind: str, one: object) -> list[str]:
    """What the schema of that class has against an object."""
    found = Draft3Validator(SCHEMAS[kind], registry=REGISTRY).iter_errors(one)
    return [f"{'/'.join(map(str, e.path))}: {e.message}" for e in found]
