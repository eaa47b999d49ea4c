"""A manual page in roff."""

from . import TABLES, TOOLS, table


def roff(text):
    """Text that no roff request or escape can stand in."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in escaped.split("\n"))


def label(argument):
    """An argument as it is written on the command line."""
    if argument.is_operand:
        return f"\\fI{roff(argument.value)}\\fR"
    bold = ", ".join(f"\\fB{roff(name)}\\fR" for name in argument.names)
    return bold + (f" \\fI{roff(argument.value)}\\fR" if argument.value else "")


def synopsis(command):
    """How a command is called: its operands, then its subcommands."""
    words = [f"\\fB{roff(command.path)}\\fR", "[\\fIoptions\\fR]"]
    for argument in command.operands:
        value = f"\\fI{roff(argument.value)}\\fR" + (" ..." if argument.is_repeating else "")
        words.append(f"[{value}]" if argument.is_optional else value)
    lines = [" ".join(words)]
    for inner in command.subcommands:
        lines += [".br", *synopsis(inner)]
    return lines


def terms(rows):
    """Paragraphs, each with a term before it."""
    return [line for term, words in rows for line in (".TP", term, roff(words) or "\\&")]


def options(command):
    """The options of a command, and its subcommands."""
    lines = terms((label(argument), argument.words) for argument in command.arguments)
    for inner in command.subcommands:
        lines += [f'.SS "{roff(inner.path)}"', roff(inner.summary), *paragraphs(inner.discussion), *options(inner)]
    return lines


def paragraphs(words):
    """Paragraphs after a first line."""
    return [line for part in words.split("\n\n") if part for line in (".PP", roff(part))]


def section(title, lines):
    """A section, or nothing where it would be empty."""
    return [f'.SH "{title}"', *lines] if lines else []


def examples(command):
    """The examples of a tool and of its subcommands, as they are typed."""
    lines = [roff(example) for inner in command.everything() for example in inner.examples]
    return [".nf", *lines, ".fi"] if lines else []


def page(command):
    """The page of a tool."""
    tool = command.path
    named = {title: terms((f"\\fB{roff(name)}\\fR", words) for name, words in table(title, tool)) for title in TABLES}
    others = ", ".join(f"\\fB{roff(other)}\\fR(1)" for other in TOOLS if other != tool)
    return "\n".join([
        f'.TH {tool.upper()} 1 "" "Tinyforge GitOps toolkit"', ".SH NAME", f"{roff(tool)} \\- {roff(command.summary)}",
        *section("SYNOPSIS", synopsis(command)),
        *section("EXAMPLES", examples(command)),
        *section("DESCRIPTION", [roff(command.discussion) or "\\&"]),
        *section("OPTIONS", options(command)),
        *section("EXIT STATUS", terms((f"\\fB{status}\\fR", words) for status, words in command.statuses)),
        *section("ENVIRONMENT", named["environment"]),
        *section("FILES", named["files"]), *section("SEE ALSO", [others]), ""])
