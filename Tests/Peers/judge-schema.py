#!/usr/bin/env python3
"""What a JSON Schema says of specs, as the server's decoder reads them.

    server-decoder tree < PATHS | judge-schema.py SCHEMA

Prints a word for each line of the decoder's trees: "taken", "refused", or "untold" for what is no JSON: a file
that is not read, a key that is null, a collection, a merge or there twice, a number that is none, a tag that
the text does not fit, an alias within its own anchor or more of them than a schema's reader would follow.
"""

import base64
import json
import struct
import sys

import jsonschema

VALUES_LIMIT = 2000


class Untold(Exception):
    """The tree has no form in JSON."""


class Instance:
    """The JSON of a tree's nodes."""

    def __init__(self, nodes):
        self.nodes = nodes
        self.open = set()
        self.count = 0

    def value(self, index):
        node = self.nodes[index]
        self.count += 1
        if index in self.open or self.count > VALUES_LIMIT:
            raise Untold
        self.open.add(index)
        try:
            if node["kind"] == "alias":
                return self.value(node["target"])
            if node["kind"] == "sequence":
                return [self.value(child) for child in node["children"]]
            return self.mapping(node) if node["kind"] == "mapping" else self.scalar(node)
        finally:
            self.open.discard(index)

    def mapping(self, node):
        # The server takes a mapping that is tagged as null for none where it wants one.
        if base64.b64decode(node["tag"]) == b"!!null":
            raise Untold
        found = {}
        for key, value in zip(node["children"][::2], node["children"][1::2]):
            name = self.name(self.nodes[key])
            if name in found:
                raise Untold
            found[name] = self.value(value)
        return found

    def name(self, node):
        if node["kind"] == "alias":
            node = self.nodes[node["target"]]
        is_merge = base64.b64decode(node["tag"]) == b"!!merge"
        if node["kind"] != "scalar" or node["resolved"] in ("null", "error") or is_merge:
            raise Untold
        return self.text(node)

    def scalar(self, node):
        kind, _, rest = node["resolved"].partition(" ")
        if kind == "error" or rest == "nan":
            raise Untold
        if kind in ("int", "uint"):
            return int(rest)
        if kind == "float":
            return struct.unpack(">d", int(rest).to_bytes(8, "big"))[0]
        if kind in ("null", "bool"):
            return {"": None, "true": True, "false": False}[rest]
        return self.text(node)

    @staticmethod
    def text(node):
        kind, _, rest = node["resolved"].partition(" ")
        return base64.b64decode(rest if kind == "binary" else node["value"]).decode("utf-8", "replace")


def main():
    sys.setrecursionlimit(20_000)
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = jsonschema.Draft7Validator(json.load(file))
    for line in sys.stdin:
        try:
            instance = Instance(json.loads(line).get("nodes") or []).value(0)
            print("taken" if schema.is_valid(instance) else "refused")
        except (Untold, IndexError):
            print("untold")


main()
