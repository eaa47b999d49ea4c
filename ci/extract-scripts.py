#!/usr/bin/env python3
"""Writes the shell scripts of pipeline files to FOLDER, one a file, for shellcheck.

    extract-scripts.py FOLDER FILE...
"""

import re
import sys
from pathlib import Path

import yaml


def scripts(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "run" and isinstance(value, str):
                yield value
            elif key in ("script", "before_script") and isinstance(value, list):
                yield "\n".join(value)
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for item in node:
            yield from scripts(item)


def main():
    if sys.argv[1:] in (["-h"], ["--help"]):
        return print(__doc__)
    folder = Path(sys.argv[1])
    for name in sys.argv[2:]:
        document = yaml.load(Path(name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for index, script in enumerate(scripts(document)):
            if re.search(r"\$\{\{", script):
                sys.exit(f"{name}: a script holds an expression: give it as a variable of the step")
            (folder / f"{name.replace('/', '-')}-{index}.sh").write_text(script + "\n")


if __name__ == "__main__":
    main()
