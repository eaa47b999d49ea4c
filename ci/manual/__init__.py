"""The manual of each tool: what its help says, with the tables that hold for several tools (tables.toml)."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

TOOLS = ("lint-spec", "plan", "drift", "apply")
TABLES = tomllib.loads((Path(__file__).parent / "tables.toml").read_text())
EXAMPLES = re.compile(r"\AExamples:\n(.*?)\n\n", re.S)
STATUSES = re.compile(r"\n\nExit status:\n(.*)\Z", re.S)


def lines_of(match):
    """The lines of a block of help, without their indentation; none where there is no such block."""
    return [line.strip() for line in match[1].split("\n") if line.strip()] if match else []


class Argument:
    """An option, flag or operand of a command."""

    def __init__(self, entry):
        self.is_operand = entry["kind"] == "positional"
        self.is_optional, self.is_repeating = entry.get("isOptional"), entry.get("isRepeating")
        self.section = entry.get("sectionTitle", "")
        self.value = entry.get("valueName", "") if entry["kind"] != "flag" else ""
        self.names = [("-" if name["kind"] == "short" else "--") + name["name"] for name in entry.get("names", [])]
        words = [entry.get("abstract", ""), entry.get("discussion", "")]
        if entry.get("allValues"):
            words.append(f"One of: {', '.join(entry['allValues'])}.")
        if entry.get("defaultValue"):
            words.append(f"Default: {entry['defaultValue']}.")
        self.words = "\n".join(word for word in words if word)


class Command:
    """A tool or one of its subcommands, as its help describes it."""

    def __init__(self, entry, path=""):
        self.path = f"{path} {entry['commandName']}".strip()
        self.summary = entry.get("abstract", "")
        words = entry.get("discussion", "")
        self.examples = lines_of(EXAMPLES.search(words))
        # Status and meaning.
        self.statuses = [line.split(maxsplit=1) for line in lines_of(STATUSES.search(words))]
        self.discussion = STATUSES.sub("", EXAMPLES.sub("", words)).strip()
        self.arguments = [
            Argument(argument) for argument in entry.get("arguments", []) if argument.get("shouldDisplay", True)]
        # As in help: what most calls need comes first.
        self.arguments.sort(key=lambda argument: argument.section != "")
        self.operands = [argument for argument in self.arguments if argument.is_operand]
        self.subcommands = [
            Command(inner, self.path) for inner in entry.get("subcommands", []) if inner["commandName"] != "help"]

    def everything(self):
        """This command and all below it."""
        return [self, *(command for inner in self.subcommands for command in inner.everything())]


def manual(folder, tool):
    """What a built tool says of itself."""
    dump = subprocess.check_output([Path(folder) / tool, "--experimental-dump-help"])
    return Command(json.loads(dump)["command"])


def table(title, tool):
    """The rows of a table that hold for a tool: term and words."""
    return [(row["name"], row["words"]) for row in TABLES[title] if tool in row.get("tools", TOOLS)]

