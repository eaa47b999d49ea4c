"""A manual page in Markdown, for the site."""

from . import table


def text(words):
    """Text that shows as it is: HTML and emphasis are no part of help."""
    for mark in "\\`*_<>[]|":
        words = words.replace(mark, "\\" + mark)
    return words


def label(argument):
    """An argument as it is written on the command line."""
    names = [argument.value] if argument.is_operand else argument.names
    value = "" if argument.is_operand or not argument.value else f" {argument.value}"
    return ", ".join(f"`{name}{value}`" for name in names)


def terms(rows):
    """A definition list."""
    for term, words in rows:
        yield from [term, ":   " + text(words).replace("\n", "  \n    "), ""]


def code(lines):
    return ["```sh", *lines, "```", ""] if lines else []


def commands(command, level):
    """The options of a command, and its subcommands below it."""
    heading = "Options" if level == 2 else command.path
    yield from [f"{'#' * level} {heading}", ""]
    if level > 2:
        yield from [text(command.summary), "", *code(command.examples), text(command.discussion), ""]
    yield from terms((label(argument), argument.words) for argument in command.arguments)
    for inner in command.subcommands:
        yield from commands(inner, 3)


def page(command):
    """The page of a tool."""
    lines = [f"# {command.path}", "", text(command.summary), "", *code(command.examples), text(command.discussion), "",
             *commands(command, 2)]
    lines += ["## Exit status", "", *terms((f"`{status}`", words) for status, words in command.statuses)]
    for title, heading in (("environment", "Environment"), ("files", "Files")):
        rows = table(title, command.path)
        lines += [f"## {heading}", "", *terms((f"`{name}`", words) for name, words in rows)]
    return "\n".join(lines)
