"""What a step must come to: written from the documents, not from the tool's code."""

import copy
import json
from dataclasses import dataclass, field

# A spec's text, and what it declares; None where nobody may sync it.
SPECS = [
    ('version: 1\ndeploy:\n  port: 8080\n  healthcheck: /healthz\n  deploy_strategy: blue-green\n',
     {"port": 8080, "healthcheck": "/healthz", "deploy_strategy": "blue-green"}),
    ('# The same.\nversion: 1\ndeploy: {port: 0x1F90, healthcheck: "/healthz", deploy_strategy: blue-green}\n',
     {"port": 8080, "healthcheck": "/healthz", "deploy_strategy": "blue-green"}),
    ('version: 1\ndeploy:\n  port: 8081\n', {"port": 8081}),
    ('version: 1\ndeploy:\n  port: ~\n  healthcheck: ""\n', {"healthcheck": ""}),
    ('version: 1\ndeploy:\n  deploy_strategy: ""\n', {"deploy_strategy": ""}),
    ('version: 1\ndeploy:\n  healthcheck: /live\n  deploy_strategy: recreate\n',
     {"healthcheck": "/live", "deploy_strategy": "recreate"}),
    ('version: 1\n', {}),
    ('version: 1\ndeploy:\n  port: 70000\n', {"port": 70000}),
    ('version: 1\ndeploy:\n  deploy_strategy: canary\n', {"deploy_strategy": "canary"}),
    ('version: 1\ndeploy:\n  prot: 8080\n', None),
    ('version: 1\ndeploy: [\n', None),
    ('version: 2\n', None),
    (None, None),
]
SPEC_PATHS = (".tinyforge.yml", "deploy/.tinyforge.yml")
HONOURED = {"dockerfile": ("port", "healthcheck", "deploy_strategy"), "static": ("deploy_strategy",)}


@dataclass
class Member:
    """One member of a config: its value's text, and the white space around its name."""

    key: str
    raw: str
    before: str = ""
    colon: str = ":"


@dataclass
class Row:
    """A workload as it must be; `stamps` are the columns that the last step has set to its time."""

    source: str
    members: list
    enabled: bool = True
    path: str = ".tinyforge.yml"
    commit: str = ""
    synced_at: str = ""
    updated_at: str = ""
    stamps: set = field(default_factory=set)

    @property
    def config(self):
        return "{" + ",".join(f'{m.before}"{m.key}"{m.colon}{m.raw}' for m in self.members) + "}"

    def raw(self, key):
        return next((member.raw for member in self.members if member.key == key), None)

    def value(self, key):
        """A member's value; None where it is absent."""
        return None if self.raw(key) is None else json.loads(self.raw(key))

    def rest(self, declared):
        """The text of the members that are not declared, in their order."""
        return [(member.key, member.raw) for member in self.members if member.key not in declared]

    def set(self, key, raw):
        """Sets a member at its place, or after the others, laid out as the last one is; None removes it."""
        if raw is None:
            self.members = [member for member in self.members if member.key != key]
        elif self.raw(key) is None:
            self.members.append(Member(key, raw, self.members[-1].before, self.members[-1].colon))
        else:
            next(member for member in self.members if member.key == key).raw = raw

    def is_valid(self, declared=()):
        """Whether the server's validation takes the config; of fields that the source ignores it takes anything."""
        return all(is_valid(key, self.value(key), key in declared)
                   for key in HONOURED.get(self.source, ()) if self.raw(key) is not None)


@dataclass
class Outcome:
    """What a command must come to."""

    status: int
    result: str
    event: dict | None = None


def meaning(key, value):
    """What a value means: an absent healthcheck is none, and recreate is the strategy of old."""
    if key == "deploy_strategy":
        return "" if value in (None, "recreate") else value
    return "" if key == "healthcheck" and value is None else value


def is_valid(key, value, is_declared):
    """Whether the server's own validation takes a value of the merged config."""
    if key == "port":
        return 1 <= value <= 65535 or (value == 0 and not is_declared)
    if key == "healthcheck":
        return value == "" or (value.startswith("/") and not any(c.isspace() or ord(c) < 32 for c in value))
    return value in ("", "recreate", "blue-green")


class Oracle:
    """The rows and the event log as they must be."""

    def __init__(self, rows, commits):
        self.rows, self.commits, self.branch = rows, commits, 0
        # The event log holds one older row.
        self.log, self.first_id = [], 2

    def declared(self, row):
        text, declared = SPECS[self.branch]
        return declared if row.path in SPEC_PATHS and text is not None else None

    def changes(self, row):
        """(field, from, to) of each declared field that differs; None where there is nothing to sync from."""
        if row.source not in HONOURED or not row.enabled or (declared := self.declared(row)) is None:
            return None
        return [(key, row.value(key), declared[key]) for key in HONOURED[row.source]
                if key in declared and meaning(key, row.value(key)) != meaning(key, declared[key])]

    def sync(self, name, shown=None):
        """Syncs a row; `shown` are the changes that a person has said yes to, and their commit, None where nobody was
        asked."""
        row = self.rows[name]
        changes = self.changes(row)
        if changes is None:
            return Outcome(1, "refused")
        merged = copy.deepcopy(row)
        for key, _, value in changes:
            merged.set(key, json.dumps(value))
        if not merged.is_valid(self.declared(row)):
            return Outcome(1, "refused")
        commit = self.commits[self.branch]
        if shown is not None and shown != (changes, commit):
            return Outcome(1, "refused")
        if not changes and row.commit == commit:
            return Outcome(0, "unchanged")
        before = {"previous_commit": row.commit, "previous_sync_at": row.synced_at}
        row.members, row.commit, row.stamps = merged.members, commit, {"synced_at", "updated_at"}
        if not changes:
            return Outcome(0, "unchanged")
        return Outcome(0, "applied", self.audit("sync", name, changes, commit=commit, **before))

    def sync_together(self, names):
        """Syncs rows in one transaction: one that is refused refuses all that would be written."""
        if not any(copy.deepcopy(self).sync(name).result == "refused" for name in names):
            return [self.sync(name) for name in names]
        return [Outcome(0, "unchanged") if self.is_synced(name) else Outcome(1, "refused") for name in names]

    def plan(self, name):
        """What a saved plan pins, None where there is none to save."""
        row = self.rows[name]
        if self.changes(row) is None or copy.deepcopy(self).sync(name).result == "refused":
            return None
        declared = self.declared(row)
        return {"row": copy.deepcopy(row), "branch": self.branch,
                "to": {key: declared[key] for key in HONOURED[row.source] if key in declared}}

    def carry_out(self, name, plan):
        """Applies a saved plan: exactly as planned, or not at all; what is as planned already counts as done."""
        row, then = self.rows[name], plan["row"]
        if (row.enabled, row.source, row.path) != (True, then.source, then.path):
            return Outcome(4, "refused")
        now = {key: meaning(key, row.value(key)) for key in plan["to"]}
        wanted = {key: meaning(key, value) for key, value in plan["to"].items()}
        if any(now[key] not in (wanted[key], meaning(key, then.value(key))) for key in now):
            return Outcome(4, "refused")
        if now == wanted:
            return Outcome(0, "unchanged")
        if row.rest(plan["to"]) != then.rest(plan["to"]):
            return Outcome(4, "refused")
        branch, self.branch = self.branch, plan["branch"]
        try:
            return self.sync(name)
        finally:
            self.branch = branch

    def is_synced(self, name):
        """Whether a sync would find nothing to do, and nothing to record."""
        twin = copy.deepcopy(self)
        return twin.sync(name).result == "unchanged" and not twin.rows[name].stamps

    def revert(self, name, is_forced, number=None):
        """Puts back what the last sync has changed, or the one of that number, unless somebody has changed it since, or
        put it back."""
        row = self.rows[name]
        sync = next((event for event in reversed(self.log) if (event["kind"], event["workload"]) == ("sync", name)
                     and number in (None, event["id"])), None)
        if sync is None:
            return Outcome(1, "refused")
        if any(event.get("reverts") == sync["id"] for event in self.log):
            return Outcome(0, "unchanged")
        if row.source not in HONOURED:
            return Outcome(1, "refused")
        merged, changes, is_moved = copy.deepcopy(row), [], False
        for change in sync["changes"]:
            key, live = change["field"], row.value(change["field"])
            is_moved |= meaning(key, live) != meaning(key, change["to"])
            if live != change["from"]:
                changes.append((key, live, change["from"]))
                merged.set(key, None if change["from"] is None else json.dumps(change["from"]))
        if not merged.is_valid():
            return Outcome(1, "refused")
        if not changes:
            return Outcome(0, "unchanged")
        if is_moved and not is_forced:
            return Outcome(1, "refused")
        row.members, row.stamps = merged.members, {"updated_at"}
        last = next(event for event in reversed(self.log)
                    if event["workload"] == name and event["kind"] in ("sync", "revert"))
        # A commit after it that changed nothing is recorded without an event.
        if row.commit == sync["commit"] or last is sync:
            row.commit, row.synced_at = sync["previous_commit"], sync["previous_sync_at"]
        return Outcome(0, "applied", self.audit("revert", name, changes, reverts=sync["id"]))

    def enable(self, name, path):
        row = self.rows[name]
        target = row.path if path is None else path
        if row.source not in HONOURED or not is_clean(target):
            return Outcome(1, "refused")
        return self.opt(name, "enable", True, target)

    def disable(self, name):
        return self.opt(name, "disable", False, self.rows[name].path)

    def opt(self, name, kind, enabled, path):
        row = self.rows[name]
        changes = [("gitops_enabled", row.enabled, enabled), ("gitops_path", row.path, path)]
        changes = [change for change in changes if change[1] != change[2]]
        if not changes:
            return Outcome(0, "unchanged")
        row.enabled, row.path = enabled, path
        return Outcome(0, "applied", self.audit(kind, name, changes))

    def audit(self, kind, name, changes, **more):
        event = {"id": self.first_id + len(self.log), "kind": kind, "workload": name, "changes": [
            {"field": key, "from": old, "to": new} for key, old, new in changes], **more}
        self.log.append(event)
        return event


def is_clean(path):
    """The server's rule for a spec's path."""
    segments = path.split("/")
    return not (any(segment in ("", ".", "..", ".git") for segment in segments)
                or any(character in "\\?#%" or ord(character) < 32 for character in path))
