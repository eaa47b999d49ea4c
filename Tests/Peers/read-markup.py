#!/usr/bin/env python3
"""Reads encoded text back, as those who show it do.

    read-markup.py markdown|document|html|page < CASES

CASES is a list of [text, encoded] as JSON. Each text must come out as it was, and nothing else with it.

markdown   by cmark-gfm (GitHub's) and comrak (GitLab's): within a paragraph, a heading, an item and a cell; no
           link, image, emphasis or HTML but `<code>` and the empty `<b>`; and no mention, reference or
           short name of an emoji where a forge looks for them, which is outside of code
document   a whole report in Markdown, in which the text is a name: no element that the report does not make itself, and
           nothing outside of code that a forge would notice
html       by html5lib: as an element's text, and as an attribute between double quotes
page       a whole page, in which the text is a name: no fault of its syntax, no element, comment, address or handler
           that the page does not make itself, and a policy that names its own style and script by their hashes
"""

import base64
import hashlib
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


def document(text, encoded):
    allowed = {"html", "head", "body", "h3", "h4", "p", "code", "b", "br", "ul", "li", "table", "thead", "tbody", "tr", "th", "td",
               "details", "summary"}
    for render in renderers():
        body = parse(render(encoded)).find("body")
        tags = {element.tag for element in body.iter()}
        if tags - allowed:
            fail(text, encoded, f"it comes out with {tags - allowed}")
        if text not in [text_of(code) for code in body.findall(".//h4/code")]:
            fail(text, encoded, "it does not name the workload")
        for node in outside_of_code(body):
            if NOTICED.search(node):
                fail(text, encoded, f"a forge would notice {node!r}")


def html(text, encoded):
    body = parse(f'<!doctype html><body><p title="{encoded}" lang="x">{encoded}</p><i>z</i>').find("body")
    if [child.tag for child in body] != ["p", "i"] or len(body.find("p")):
        fail(text, encoded, "it comes out as markup")
    if body.find("p").attrib != {"title": text, "lang": "x"} or text_of(body.find("p")) != text:
        fail(text, encoded, f"it comes out as {body.find('p').attrib} and {text_of(body.find('p'))!r}")


ELEMENTS = set("""html head meta title link style body a header p h1 h2 h3 h4 div label input select option button
    fieldset legend span b output main article details summary small ul li dl dt dd code time br figure figcaption pre i
    mark footer script""".split())


def page(text, encoded):
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parse(encoded)
    faults = [fault for fault in parser.errors if fault[1] != "invalid-codepoint"]
    if faults:
        fail(text, encoded[:200], f"faults of its syntax: {faults[:5]}")
    for element in root.iter():
        if element.tag not in ELEMENTS:
            fail(text, "", f"it holds {element.tag}")
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("src", "style", "action") or (name == "href" and value not in ("#fleet", "data:,") and not re.fullmatch(r"#w-[\w.-]*", value, re.ASCII)):
                fail(text, "", f"it holds {name}={value!r}")
    if text not in [text_of(heading) for heading in root.iter("h3")]:
        fail(text, "", "it does not name the workload")
    policy = root.find(".//meta[@http-equiv]").attrib["content"]
    for name in ("style", "script"):
        elements = list(root.iter(name))
        digest = base64.b64encode(hashlib.sha256(text_of(elements[0]).encode()).digest()).decode()
        if len(elements) != 1 or f"{name}-src 'sha256-{digest}';" not in policy:
            fail(text, policy, f"the policy should name {name} by sha256-{digest}")


def main():
    check = {"markdown": markdown, "document": document, "html": html, "page": page}[sys.argv[1]]
    cases = json.load(sys.stdin)
    for text, encoded in cases:
        check(text, encoded)
    print(len(cases))


if __name__ == "__main__":
    main()
