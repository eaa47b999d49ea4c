#!/usr/bin/env python3
"""Checks what pipelines take from others: find-unpinned.py FILE...

A foreign action is named by a full commit hash, an image by a digest. A job that compares with live values
(`--live FILE`) removes a file of that name from its checkout first. A cache's protection is not asked to be weakened.
Only OWNER/tinyforge-gitops, the project's own action, may be named by its version.
"""

import re
import sys
from pathlib import Path

import yaml

OWN = re.compile(r"(https://git\.example\.org/)?OWNER/tinyforge-gitops@")
HASH = re.compile(r"@[0-9a-f]{40}$")
DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")


def nodes(value, key=None):
    """Every pair of a key and a value, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name, inner
            yield from nodes(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield key, inner
            yield from nodes(inner, key)


def is_pinned_image(name):
    # A variable is the project's own to set.
    return name.startswith("$") or name == "scratch" or DIGEST.search(name) is not None


def images(document):
    for key, value in nodes(document):
        if key in ("image", "container", "services", "docker"):
            name = value.get("name", value.get("image")) if isinstance(value, dict) else value
            if isinstance(name, str):
                yield name
        if key == "uses" and isinstance(value, str) and value.startswith("docker://"):
            yield value


def scripts(job):
    """The commands of a job in their order, of either form."""
    if "steps" in job:
        return "\n".join(step.get("run", f"uses {step.get('uses')}") for step in job["steps"])
    return "\n".join(job.get("before_script", []) + job.get("script", []))


def jobs(document):
    found = document.get("jobs", document)
    return {name: job for name, job in found.items() if isinstance(job, dict)}


def problems_of_pipeline(text):
    document = yaml.load(text, Loader=yaml.BaseLoader)
    for key, value in nodes(document):
        if key == "uses" and isinstance(value, str) and not value.startswith(("./", "docker://")):
            if not OWN.match(value) and not HASH.search(value):
                yield f"{value} is not named by a full commit hash"
    for image in images(document):
        if not is_pinned_image(image):
            yield f"the image {image} is not named by a digest"
    for name, job in jobs(document).items():
        commands = scripts(job)
        for live in re.finditer(r"--live[ =](\S+)", commands):
            removal = commands.find(f"rm -rf {live.group(1)}")
            fetch = re.search(r"uses actions/cache|curl ", commands)
            if removal < 0 or fetch is None or removal > fetch.start():
                yield f"the job {name} may take {live.group(1)} from its checkout"
    if re.search(r"separate caches for protected branches", text, re.IGNORECASE):
        yield "a cache's protection is asked to be weakened"


def problems_of_recipe(text):
    stages = set()
    for name, stage in re.findall(r"^FROM\s+(?:--\S+\s+)?(\S+)(?:\s+AS\s+(\S+))?", text, re.MULTILINE | re.IGNORECASE):
        if name not in stages and not is_pinned_image(name):
            yield f"the image {name} is not named by a digest"
        stages.add(stage)


def main():
    if sys.argv[1:] in (["-h"], ["--help"]):
        return print(__doc__)
    failed = False
    for path in map(Path, sys.argv[1:]):
        check = problems_of_pipeline if path.suffix in (".yml", ".yaml") else problems_of_recipe
        for problem in check(path.read_text(encoding="utf-8")):
            print(f"check-pins: {path}: {problem}", file=sys.stderr)
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
