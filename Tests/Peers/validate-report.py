#!/usr/bin/env python3
"""Checks a report by the rules of those who read it.

    validate-report.py sarif|github|gitlab|rdjson FILE...

sarif   the object model that Microsoft made from the schema of SARIF 2.1.0 (PyPI: sarif-om): no property that
        the schema does not know, none missing that it requires
github  what GitHub's runner makes of each line (actions/runner, ActionCommand; actions/toolkit, command.ts)
gitlab  GitLab's documentation, "Code Quality report format"
rdjson  reviewdog's proto/rdf/reviewdog.proto

Prints what a reader would see as one line of JSON for each file; exits with 1 at the first fault.
"""

import json
import re
import sys


def fail(message):
    sys.exit(f"validate-report: {message}")


def need(condition, message):
    if not condition:
        fail(message)


def properties(value, required, optional, where):
    need(isinstance(value, dict), f"{where} is no object")
    for name in required:
        need(name in value, f"{where} lacks {name}")
    for name in value:
        need(name in required or name in optional, f"{where} has an unknown {name}")


# SARIF: which class each property holds, as the schema has it.
SARIF = {
    "SarifLog": {"runs": "Run"},
    "Run": {"tool": "Tool", "invocations": "Invocation", "results": "Result"},
    "Tool": {"driver": "ToolComponent"},
    "ToolComponent": {"rules": "ReportingDescriptor"},
    "ReportingDescriptor": {"shortDescription": "MultiformatMessageString", "fullDescription": "MultiformatMessageString",
                            "help": "MultiformatMessageString", "defaultConfiguration": "ReportingConfiguration"},
    "Invocation": {"toolExecutionNotifications": "Notification"},
    "Notification": {"message": "Message", "locations": "Location"},
    "Result": {"message": "Message", "locations": "Location", "relatedLocations": "Location", "fixes": "Fix"},
    "Location": {"physicalLocation": "PhysicalLocation", "message": "Message"},
    "PhysicalLocation": {"artifactLocation": "ArtifactLocation", "region": "Region"},
    "Fix": {"description": "Message", "artifactChanges": "ArtifactChange"},
    "ArtifactChange": {"artifactLocation": "ArtifactLocation", "replacements": "Replacement"},
    "Replacement": {"deletedRegion": "Region", "insertedContent": "ArtifactContent"},
}


def sarif_object(value, name, where):
    import attr
    import sarif_om
    fields = {f.metadata["schema_property_name"]: f for f in attr.fields(getattr(sarif_om, name))}
    need(isinstance(value, dict), f"{where} is no object")
    for key, child in value.items():
        need(key in fields, f"{where} has an unknown {key}")
        held = SARIF.get(name, {}).get(key)
        if held:
            for index, item in enumerate(child if isinstance(child, list) else [child]):
                sarif_object(item, held, f"{where}.{key}[{index}]")
        else:
            need(not isinstance(child, dict) or key == "partialFingerprints", f"{where}.{key} is not looked into")
    for key, field in fields.items():
        need(field.default is not attr.NOTHING or key in value, f"{where} lacks {key}")
    if name == "Region":
        need(1 <= value["startLine"] <= value["endLine"], f"{where} ends before it starts")
        need(value["startColumn"] >= 1 and value["endColumn"] >= 1, f"{where} has a column below 1")


def sarif(text):
    log = json.loads(text)
    need(log["version"] == "2.1.0", "the version is not 2.1.0")
    sarif_object(log, "SarifLog", "log")
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    need(len({rule["id"] for rule in rules}) == len(rules), "two rules have one id")
    seen = []
    for result in run["results"]:
        need(rules[result["ruleIndex"]]["id"] == result["ruleId"], "a result names two rules")
        need(result["level"] in ("error", "warning", "note"), "a level that is none")
        location = result["locations"][0]["physicalLocation"]
        uri = location["artifactLocation"]["uri"]
        need(re.fullmatch(r"(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri), f"{uri} is no URI")
        seen.append([result["ruleId"], uri, location.get("region", {}).get("startLine")])
    return seen


def github(text):
    counts = {"error": 0, "warning": 0, "notice": 0}
    seen = []
    for line in text.split("\n")[:-1]:
        need("##[" not in line, "a command of the old form")
        need(not re.search(r"[\x00-\x1f\x7f-\x9f]", line), "a control character")
        match = re.fullmatch(r"::([a-z]+) ([^:]*)::(.*)", line)
        need(match, f"no command, so it would be log text: {line!r}")
        name, list_, message = match.groups()
        need(name in counts, f"a command that nobody meant: {name}")
        counts[name] += 1
        values = dict(pair.split("=", 1) for pair in list_.split(","))
        need(set(values) <= {"file", "line", "endLine", "col", "endColumn", "title"}, f"odd properties {values}")
        for escape, character in (("%0A", "\n"), ("%0D", "\r"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            values = {key: value.replace(escape, character) for key, value in values.items()}
        seen.append([name, values.get("file"), values.get("line")])
    for name, count in counts.items():
        need(count <= 10, f"{count} annotations of level {name}: GitHub drops what is over ten")
    return seen


def gitlab(text):
    issues = json.loads(text)
    need(isinstance(issues, list), "not a list")
    prints = set()
    for issue in issues:
        properties(issue, ["description", "check_name", "fingerprint", "severity", "location"], [], "an issue")
        need(issue["severity"] in ("info", "minor", "major", "critical", "blocker"), "a severity that is none")
        properties(issue["location"], ["path", "lines"], [], "a location")
        properties(issue["location"]["lines"], ["begin"], ["end"], "lines")
        need(issue["location"]["lines"]["begin"] >= 1, "a line below 1")
        need(not issue["location"]["path"].startswith("./"), "the path starts with ./")
        need(issue["fingerprint"] not in prints, "two issues have one fingerprint")
        prints.add(issue["fingerprint"])
    return [[issue["check_name"], issue["location"]["path"], issue["fingerprint"]] for issue in issues]


def rdjson(text):
    result = json.loads(text)
    properties(result, ["source", "diagnostics"], ["severity"], "the result")

    def position(value):
        properties(value, ["line", "column"], [], "a position")
        need(value["line"] >= 1 and value["column"] >= 1, "a position below 1")
        return value["line"], value["column"]

    def location(value):
        properties(value, ["path"], ["range"], "a location")
        if "range" in value:
            span(value["range"])

    def span(value):
        properties(value, ["start", "end"], [], "a range")
        need(position(value["start"]) <= position(value["end"]), "a range ends before it starts")

    for diagnostic in result["diagnostics"]:
        properties(diagnostic, ["message", "location", "severity"],
                   ["source", "code", "suggestions", "original_output", "related_locations"], "a diagnostic")
        need(diagnostic["severity"] in ("ERROR", "WARNING", "INFO"), "a severity that is none")
        location(diagnostic["location"])
        for suggestion in diagnostic.get("suggestions", []):
            properties(suggestion, ["range", "text"], [], "a suggestion")
            span(suggestion["range"])
        for related in diagnostic.get("related_locations", []):
            properties(related, ["message", "location"], [], "a related location")
            location(related["location"])
    return [[d.get("code", {}).get("value"), d["location"]["path"]] for d in result["diagnostics"]]


def main():
    check = {"sarif": sarif, "github": github, "gitlab": gitlab, "rdjson": rdjson}[sys.argv[1]]
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8", newline="") as file:
            print(json.dumps(check(file.read())))


if __name__ == "__main__":
    main()
