#!/usr/bin/env python3
"""Reads encoded text back, as those who show it do.

    read-markup.py markdown|html < CASES

CASES is a list of [text, encoded] as JSON. Each text must come out as it was, and nothing else with it.

markdown   by cmark-gfm (GitHub's) and comrak (GitLab's): within a paragraph, a heading, an item and a cell; no
           link, image, emphasis or HTML but `<code>` and the empty `<b>`; and no mention, reference or
           short name of an emoji where a forge looks for them, which is outside of code
html       by html5lib: as an element's text, and as an attribute between double quotes
"""

import json
import re
import sys

import html5lib

NOTICED = re.compile(r"[@#!$~&%]\w|\b[0-9a-f]{7,40}\b|\w-\d|:\w+:|://|www\.|\w@\w")


def fail(text, encoded, problem):
    sys.exit(f"read-markup: {problem}\n  text:    {text!r}\n  encoded: {encoded!r}")


def parse(html):
    return html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)


def text_of(element):
    return "".join(element.itertext())


def outside_of_code(element):
    """The text nodes that a forge looks for names and references in."""
    if element.tag != "code":
        yield element.text or ""
        for child in element:
            yield from outside_of_code(child)
            yield child.tail or ""


def renderers():
    import cmarkgfm
    import comrak
    from cmarkgfm.cmark import Options
    extension = comrak.ExtensionOptions()
    extension.autolink = extension.table = extension.strikethrough = extension.tasklist = True
    render = comrak.RenderOptions()
    render.unsafe_ = True
    yield lambda text: cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    yield lambda text: comrak.render_markdown(text, extension_options=extension, render_options=render)


def markdown(text, encoded):
    document = (f"a {encoded} z\n\n#### a {encoded} z\n\n- a {encoded} z\n\n"
                f"| x | y |\n|---|---|\n| a {encoded} z | b |\n")
    for render in renderers():
        body = parse(render(document)).find("body")
        places = [body.find("p"), body.find("h4"), body.find("ul/li"), body.find("table/tbody/tr/td")]
        if [child.tag for child in body] != ["p", "h4", "ul", "table"]:
            fail(text, encoded, f"other blocks than meant: {[child.tag for child in body]}")
        for place in places:
            if text_of(place).strip() != f"a {text} z":
                fail(text, encoded, f"it comes out as {text_of(place)!r}")
            tags = {child.tag for child in place.iter()} - {place.tag}
            if tags - {"code", "b"} or any(text_of(bold) for bold in place.iter("b")):
                fail(text, encoded, f"it comes out with {tags}")
            for node in outside_of_code(place):
                if NOTICED.search(node):
                    fail(text, encoded, f"a forge would notice {node!r}")


def html(text, encoded):
    body = parse(f'<!doctype html><body><p title="{encoded}" lang="x">{encoded}</p><i>z</i>').find("body")
    if [child.tag for child in body] != ["p", "i"] or len(body.find("p")):
        fail(text, encoded, "it comes out as markup")
    if body.find("p").attrib != {"title": text, "lang": "x"} or text_of(body.find("p")) != text:
        fail(text, encoded, f"it comes out as {body.find('p').attrib} and {text_of(body.find('p'))!r}")


def main():
    check = {"markdown": markdown, "html": html}[sys.argv[1]]
    cases = json.load(sys.stdin)
    for text, encoded in cases:
        check(text, encoded)
    print(len(cases))


if __name__ == "__main__":
    main()
