#!/usr/bin/env python3
"""Plays one pod of a CronJob's indexed Job: its user, capabilities, read-only root, variables and volumes.

    play-kubernetes.py MANIFEST --index N --run NAME --volume NAME=FOLDER ... [--secret NAME/KEY=VALUE ...]
        [--set NAME=VALUE ...]

A volume is mounted at its folder: where the manifest says its path, the folder's is meant. `--set` sets a variable of the
container, or another one. Runs as root, with PATH as it is; exits with the container's status.
"""

import argparse
import os
import re
import sys

import yaml


def pairs(values):
    return dict(value.split("=", 1) for value in values)


def container(path):
    with open(path, encoding="utf-8") as file:
        job = next(part for part in yaml.safe_load_all(file) if part["kind"] == "CronJob")["spec"]["jobTemplate"]["spec"]
    pod = job["template"]["spec"]
    if job["completionMode"] != "Indexed" or len(pod["containers"]) != 1:
        sys.exit("play-kubernetes: not an indexed Job of one container")
    return job, pod, pod["containers"][0]


def value_of(variable, options):
    if "value" in variable:
        return variable["value"]
    source = variable["valueFrom"]
    if "secretKeyRef" in source:
        secret = source["secretKeyRef"]
        # A variable of an optional Secret that is absent is not set.
        value = pairs(options.secret).get("{name}/{key}".format(**secret))
        return value if value is not None or secret.get("optional") else sys.exit(f"play-kubernetes: no {secret}")
    if source["fieldRef"]["fieldPath"] == "metadata.labels['batch.kubernetes.io/job-name']":
        return options.run
    sys.exit(f"play-kubernetes: cannot tell {variable['name']}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("manifest")
    parser.add_argument("--index", type=int, required=True)
    parser.add_argument("--run", required=True)
    for name in ("--volume", "--secret", "--set"):
        parser.add_argument(name, action="append", default=[])
    options = parser.parse_args()
    job, pod, own = container(options.manifest)
    if not 0 <= options.index < job["completions"]:
        sys.exit("play-kubernetes: the Job has no such index")
    folders = pairs(options.volume)
    declared = {volume["name"] for volume in pod["volumes"]}
    mounts = {mount["mountPath"]: mount for mount in own["volumeMounts"]}
    if declared != {mount["name"] for mount in mounts.values()}:
        sys.exit("play-kubernetes: a volume is not mounted, or not declared")

    # All at once: a folder may hold the path of another mount.
    paths = re.compile(rf"(?<![\w./])({'|'.join(map(re.escape, mounts))})(?![\w.-])")

    def placed(text):
        return paths.sub(lambda match: folders[mounts[match.group(1)]["name"]], text)

    env = {"PATH": os.environ["PATH"], "JOB_COMPLETION_INDEX": str(options.index)}
    values = {variable["name"]: value_of(variable, options) for variable in own["env"]}
    env |= {name: placed(value) for name, value in values.items() if value is not None}
    env |= pairs(options.set)
    words = [placed(word) for word in own["command"] + own["args"]]

    security = {**pod["securityContext"], **own["securityContext"]}
    if not (security["runAsNonRoot"] and security["runAsUser"] != 0 and security["readOnlyRootFilesystem"]):
        sys.exit("play-kubernetes: the container is root's, or may write to its root")
    if security["allowPrivilegeEscalation"] or security["capabilities"] != {"drop": ["ALL"]}:
        sys.exit("play-kubernetes: the container has privileges")
    # A volume is a mount of its own before the root is for reading alone.
    binds = []
    for mount in mounts.values():
        folder = folders[mount["name"]]
        binds.append(f'mount --bind "{folder}" "{folder}"')
        if mount.get("readOnly"):
            binds.append(f'mount -o remount,bind,ro "{folder}"')
    user = ["setpriv", f"--reuid={security['runAsUser']}", f"--regid={security['runAsGroup']}", "--clear-groups",
            "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
    script = " && ".join([*binds, "mount -o remount,bind,ro /", 'exec "$@"'])
    os.execvpe("unshare", ["unshare", "--mount", "sh", "-ec", script, "sh", *user, *words], env)


if __name__ == "__main__":
    main()
