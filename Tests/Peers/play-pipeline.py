#!/usr/bin/env python3
"""Plays one job of a pipeline file as its forge would: the conditions, the variables, the shell, the steps.

    play-pipeline.py github|gitea FILE JOB --event NAME --workspace DIR --store DIR [--context NAME=VALUE ...]
    play-pipeline.py gitlab       FILE JOB --workspace DIR --store DIR

Commands run in the workspace with this process's environment and what the forge sets. Artifacts and caches are kept in
the store, so that the next job finds them. `--context matrix.shard=1`, `secrets.X=`, `vars.X=` fill expressions.
Exits with the job's status, 77 where the job's condition leaves it out.
"""

import argparse
import glob
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
SKIPPED = 77


def load(path):
    """YAML with every scalar as the text that stands there."""
    return yaml.load(Path(path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


class Expression:
    """What stands in `${{ }}` and in `if`: names, strings, == != && || ! and the status functions."""

    TOKEN = re.compile(r"\s*(==|!=|&&|\|\||[!()]|'(?:[^']|'')*'|[A-Za-z_][\w.-]*|\d+)")

    def __init__(self, text, context, failed=False):
        self.tokens, rest = [], text.strip()
        while rest:
            match = self.TOKEN.match(rest)
            if not match:
                sys.exit(f"play-pipeline: cannot read the expression {text!r}")
            self.tokens.append(match.group(1))
            rest = rest[match.end():].strip()
        self.context, self.failed = context, failed

    def value(self):
        result = self.either()
        if self.tokens:
            sys.exit(f"play-pipeline: {self.tokens} is left over of an expression")
        return result

    def take(self, *wanted):
        return self.tokens.pop(0) if self.tokens and self.tokens[0] in wanted else None

    def either(self):
        left = self.both()
        while self.take("||"):
            right = self.both()
            left = left or right
        return left

    def both(self):
        left = self.comparison()
        while self.take("&&"):
            right = self.comparison()
            left = left and right
        return left

    def comparison(self):
        left = self.primary()
        operator = self.take("==", "!=")
        if not operator:
            return left
        # Forges compare strings without regard to case.
        same = str(left).lower() == str(self.primary()).lower()
        return same if operator == "==" else not same

    def primary(self):
        if self.take("!"):
            return not self.primary()
        if self.take("("):
            value = self.either()
            self.take(")")
            return value
        token = self.tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        if self.take("("):
            self.take(")")
            return {"always": True, "success": not self.failed, "failure": self.failed, "cancelled": False}[token]
        return self.context.get(token, "")


def filled(text, context):
    return re.sub(r"\$\{\{(.*?)\}\}", lambda match: str(Expression(match.group(1), context).value()), text)


class Actions:
    """GitHub's and Gitea's runners, as far as our pipelines need them."""

    def __init__(self, options):
        self.options = options
        self.workspace, self.store = Path(options.workspace), Path(options.store)
        self.folder = Path(tempfile.mkdtemp(prefix="runner-"))
        self.context = {
            "github.event_name": options.event, "github.run_id": os.environ.get("GITHUB_RUN_ID", "1"),
            "github.ref": os.environ.get("GITHUB_REF", ""), "github.token": os.environ.get("RUNNER_JOB_TOKEN", ""),
            "github.server_url": os.environ.get("GITHUB_SERVER_URL", "https://github.com"),
            **dict(pair.split("=", 1) for pair in options.context)}
        self.env = {**os.environ, "CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": options.event,
                    "GITHUB_WORKSPACE": options.workspace, "RUNNER_TEMP": str(self.folder)}
        self.env.setdefault("GITHUB_REPOSITORY", "acme/shop")
        if options.forge == "gitea":
            self.env["GITEA_ACTIONS"] = "true"
        # What only the runner knows is no variable of the steps.
        self.env.pop("RUNNER_JOB_TOKEN", None)
        summary = self.folder / "summary"
        summary.touch()
        self.env.setdefault("GITHUB_STEP_SUMMARY", str(summary))

    def play(self):
        workflow = load(self.options.file)
        job = workflow["jobs"][self.options.job]
        if self.options.event not in workflow["on"]:
            sys.exit(SKIPPED)
        if "if" in job and not Expression(job["if"], self.context).value():
            sys.exit(SKIPPED)
        self.need_permissions(job)
        self.env.update({name: filled(text, self.context) for name, text in workflow.get("env", {}).items()})
        status = self.steps(job["steps"], self.context, self.env)
        shutil.rmtree(self.folder)
        sys.exit(status)

    def need_permissions(self, job):
        """The job's token is no use to `--post` without `pull-requests: write`, nor to `--post-issue` without `issues: write`."""
        runs = " ".join(step.get("run", "") for step in job["steps"]) + " "
        for option, permission in (("--post", "pull-requests"), ("--post-issue", "issues")):
            if self.options.forge == "github" and f"{option} " in runs.replace("\n", " "):
                if job["permissions"].get(permission) != "write":
                    sys.exit(f"play-pipeline: the job uses {option}, and its token may not write {permission}")

    def steps(self, steps, context, env, action_path=None):
        status = 0
        for index, step in enumerate(steps):
            condition = step.get("if", "success()")
            if status and not re.search(r"\b(always|failure|cancelled)\(\)", condition):
                continue
            if not Expression(condition.removeprefix("${{").removesuffix("}}"), context, status != 0).value():
                continue
            own = {**env, **{name: filled(text, context) for name, text in step.get("env", {}).items()}}
            if action_path:
                own["GITHUB_ACTION_PATH"] = str(action_path)
            given = {name: filled(text, context) for name, text in step.get("with", {}).items()}
            ended = (self.uses(step["uses"], given, own) if "uses" in step
                     else self.run(step, context, env, own, f"{index}-{len(context)}"))
            if ended and step.get("continue-on-error") != "true":
                status = status or ended
        return status

    def run(self, step, context, env, own, number):
        script = self.folder / f"{number}.sh"
        script.write_text(filled(step["run"], context))
        output, path = self.folder / f"{number}.output", self.folder / f"{number}.path"
        output.touch(), path.touch()
        own = {**own, "GITHUB_OUTPUT": str(output), "GITHUB_PATH": str(path)}
        # Where `shell: bash` is written, a pipe fails with any of its commands.
        options = ["--noprofile", "--norc", "-eo", "pipefail"] if step.get("shell") == "bash" else ["-e"]
        folder = self.workspace / filled(step.get("working-directory", "."), context)
        ended = subprocess.run(["bash", *options, script], cwd=folder, env=own).returncode
        for line in output.read_text().splitlines():
            name, value = line.split("=", 1)
            context[f"steps.{step.get('id')}.outputs.{name}"] = value
        for line in path.read_text().splitlines():
            env["PATH"] = f"{line}:{env['PATH']}"
        return ended

    def uses(self, name, given, env):
        action = re.sub(r"^https://[^/]+/", "", name).split("@")[0]
        known = {"actions/checkout": self.checkout, "actions/cache": self.restore, "actions/cache/restore": self.restore,
                 "actions/cache/save": self.save, "actions/upload-artifact": self.upload,
                 "actions/download-artifact": self.download}
        if action == "OWNER/tinyforge-gitops":
            return self.composite(given, env)
        if action not in known:
            sys.exit(f"play-pipeline: no such action: {name}")
        return known[action](given)

    def composite(self, given, env):
        root = Path(self.options.action)
        action = load(root / "action.yml")
        unknown = set(given) - set(action["inputs"])
        if unknown:
            sys.exit(f"play-pipeline: action.yml has no input {unknown}")
        inputs = {name: given.get(name, filled(entry.get("default", ""), self.context))
                  for name, entry in action["inputs"].items()}
        context = {**{name: value for name, value in self.context.items() if name.startswith("github.")},
                   "github.action_path": str(root), **{f"inputs.{name}": value for name, value in inputs.items()}}
        status = self.steps(action["runs"]["steps"], context, env, root)
        self.env["PATH"] = env["PATH"]
        for name, entry in action["outputs"].items():
            print(f"play-pipeline: output {name}={filled(entry['value'], context)}", flush=True)
        return status

    def checkout(self, given):
        # A shallow clone would hide the history that the cause of drift is found in.
        shutil.copytree(self.store / "repository", self.workspace, dirs_exist_ok=True)
        return 0

    def restore(self, given):
        prefixes = [given["key"], *given.get("restore-keys", "").split()]
        for prefix in prefixes:
            for kept in sorted(self.store.glob(f"cache-{prefix}*"), key=lambda path: path.stat().st_mtime, reverse=True):
                shutil.copytree(kept, self.workspace, dirs_exist_ok=True)
                return 0
        return 0

    def save(self, given):
        if not glob.glob(str(self.workspace / given["path"])):
            print(f"play-pipeline: nothing at {given['path']} to save, which is only a warning", flush=True)
            return 0
        return self.keep(given["path"], self.store / f"cache-{given['key']}")

    def upload(self, given):
        return self.keep(given["path"], self.store / f"artifact-{given['name']}")

    def keep(self, paths, target):
        target.mkdir()
        found = [Path(path) for path in glob.glob(str(self.workspace / paths))]
        for path in found:
            shutil.copy(path, target)
        return 0 if found else 1

    def download(self, given):
        for kept in sorted(self.store.glob(f"artifact-{given.get('pattern', given.get('name', '*'))}")):
            merged = given.get("merge-multiple") == "true"
            folder = self.workspace if merged else self.workspace / kept.name.removeprefix("artifact-")
            shutil.copytree(kept, folder, dirs_exist_ok=True)
        return 0


class GitLab:
    """GitLab's runner, as far as our pipelines need it."""

    def __init__(self, options):
        self.options = options
        self.workspace, self.store = Path(options.workspace), Path(options.store)

    def play(self):
        pipeline = load(self.options.file)
        job = pipeline[self.options.job]
        if job["stage"] not in pipeline["stages"]:
            sys.exit(f"play-pipeline: no stage {job['stage']}")
        rules = job.get("rules", pipeline.get("workflow", {}).get("rules", []))
        if rules and not any(self.holds(rule["if"]) for rule in rules):
            sys.exit(SKIPPED)
        variables = {**pipeline.get("variables", {}), **job.get("variables", {})}
        env = {**os.environ, "CI": "true", "GITLAB_CI": "true", "CI_PIPELINE_ID": "4711", **variables}
        env.setdefault("CI_PROJECT_PATH", "acme/shop")
        if "parallel" in job:
            # A number, or a matrix of variables, of which the caller sets one combination.
            matrix = isinstance(job["parallel"], dict) and job["parallel"]["matrix"]
            env["CI_NODE_TOTAL"] = str(sum(math.prod(map(len, row.values())) for row in matrix)) if matrix else job["parallel"]
        for name in job.get("needs", []):
            for kept in sorted(self.store.glob(f"artifact-{name}-*")):
                shutil.copytree(kept, self.workspace, dirs_exist_ok=True)
        if variables.get("GIT_STRATEGY") != "none":
            shutil.copytree(self.store / "repository", self.workspace, dirs_exist_ok=True)
        status = self.script(job, env)
        if status == 0 or job.get("artifacts", {}).get("when") == "always":
            self.keep_artifacts(job, env, status)
        sys.exit(status)

    def script(self, job, env):
        cache = job.get("cache", {})
        kept = self.store / f"cache-{cache.get('key')}"
        if cache and cache["policy"] != "push" and kept.exists():
            shutil.copytree(kept, self.workspace, dirs_exist_ok=True)
        lines = "\n".join(job.get("before_script", []) + job["script"])
        status = subprocess.run(["bash", "-eo", "pipefail", "-c", lines], cwd=self.workspace, env=env).returncode
        if cache and cache["policy"] != "pull" and (status == 0 or cache.get("when") == "always"):
            found = [self.workspace / path for path in cache["paths"] if (self.workspace / path).exists()]
            if found:
                kept.mkdir(exist_ok=True)
            for path in found:
                shutil.copy(path, kept)
        return status

    def keep_artifacts(self, job, env, status):
        artifacts = job.get("artifacts", {})
        target = self.store / f"artifact-{self.options.job}-{env.get('CI_NODE_INDEX', '')}"
        for pattern in [*artifacts.get("paths", []), *artifacts.get("reports", {}).values()]:
            for name, value in env.items():
                pattern = re.sub(rf"\${name}\b", value, pattern) if name.startswith("CI_") else pattern
            found = glob.glob(str(self.workspace / pattern))
            if not found and status == 0:
                sys.exit(f"play-pipeline: no artifact {pattern}")
            if found:
                target.mkdir(exist_ok=True)
            for path in found:
                shutil.copy(path, target)

    @staticmethod
    def holds(condition):
        match = re.fullmatch(r'\$(\w+) == "([^"]*)"', condition)
        if not match:
            sys.exit(f"play-pipeline: cannot read the rule {condition!r}")
        return os.environ.get(match.group(1), "") == match.group(2)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("forge", choices=["github", "gitea", "gitlab"])
    parser.add_argument("file")
    parser.add_argument("job")
    parser.add_argument("--event", default="")
    parser.add_argument("--workspace", required=True)
    parser.add_argument("--store", required=True)
    parser.add_argument("--action", default=ROOT, help="where our own action is checked out")
    parser.add_argument("--context", action="append", default=[])
    options = parser.parse_args()
    (GitLab if options.forge == "gitlab" else Actions)(options).play()


if __name__ == "__main__":
    main()
