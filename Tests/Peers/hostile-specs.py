#!/usr/bin/env python3
"""Writes specs that are meant to cost a reader time or memory, each at most 64 KiB.

    hostile-specs.py OUTDIR
"""

import sys
from pathlib import Path

LIMIT = 65_536


def bomb(first, link):
    """Each anchor holds nine of the one before: 9 to the power of 11 values, if they were copied."""
    lines = ["version: 1", f"a0: &a0 {first}"]
    for level in range(1, 12):
        lines.append(f"a{level}: &a{level} " + link(",".join([f"*a{level - 1}"] * 9)))
    return "\n".join([*lines, "deploy: *a11", ""])


def filled(head, unit):
    """A text with as many of a unit as fit."""
    return head + unit * ((LIMIT - len(head)) // len(unit.encode()))


SPECS = {
    "aliases": bomb("[x]", lambda items: f"[{items}]"),
    "merges": bomb("{port: 1}", lambda items: f"{{<<: [{items}]}}"),
    "brackets": "[" * 50_000,
    "braces": "{" * 50_000,
    "nested": "version: 1\ndeploy: " + "[" * 9_990 + "]" * 9_990,
    "nested-mappings": filled("version: 1\ndeploy: ", "{a: "),
    "dashes": filled("", "- "),
    "questions": filled("", "? "),
    "colons": filled("", ":"),
    "tabs": filled("", "\t"),
    "quotes": filled("", '"'),
    "line-breaks": filled("", "\n"),
    "scalar": filled("version: 1\ndeploy:\n  healthcheck: /", "a"),
    "random-scalar": filled("version: 1\ndeploy:\n  healthcheck: /", "aB3xZ9qW"),
    "escapes": filled('version: 1\ndeploy:\n  healthcheck: "', "\\u0041"),
    "block-scalar": filled("version: 1\ndeploy:\n  healthcheck: |\n", "    x\n"),
    "unknown-keys": "version: 1\n" + "".join(f"k{index}: 1\n" for index in range(6_500)),
    "near-keys": "version: 1\n" + "".join(f"Deploy{index}: 1\n" for index in range(4_500)),
    "duplicates": filled("version: 1\n", "k: 1\n"),
    "fixable": filled("version: 1\n", "Deploy: 1\n"),
    "documents": filled("version: 1\n", "---\na: 1\n"),
    "anchors": "version: 1\nx:\n" + "".join(f"- &a{index} 1\n" for index in range(5_500)),
    "directives": filled("", "%TAG !a! tag:x\n"),
    "ignores": filled("", "# tinyforge: ignore[credential] x\n"),
    "bidirectional": filled("# ", "\u202e"),
    "combining": filled("version: 1\ndeploy:\n  healthcheck: /e", "\u0301"),
    "tokens": filled("version: 1 # ", "token=aB3xZ9qW "),
    "urls": filled("# ", "http://u:p@"),
    "equals": filled("# ", "="),
    "json-tokens": filled("# ", "eyJhbGciOi.eyJ"),
    "private-keys": filled("# ", "-----BEGIN "),
    "base64": filled("version: !!binary ", "QUFB"),
    "not-text": "\udcff" * LIMIT,
}


def main():
    folder = Path(sys.argv[1])
    for name, text in SPECS.items():
        data = text.encode("utf-8", "surrogateescape")
        assert len(data) <= LIMIT, name
        (folder / f"{name}.yml").write_bytes(data)


if __name__ == "__main__":
    main()
