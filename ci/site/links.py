"""Leads the links of the repository's documents to where the site has what they name.

A document of the site links to the page that it became. What the site does not hold, such as a script, is linked at the
project's address, or is plain text where the project has none yet.
"""

import os
import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# The documents at the repository's root, and the pages that they are.
AT_ROOT = {"README.md": "index.md", **{name: name for name in (
    "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "NOTICE.md")}}
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)\s]*)?\)")


def source_of(page):
    """Where the document of a page lies in the repository."""
    for source, name in AT_ROOT.items():
        if name == page:
            return source
    return page if page.startswith("tools/") else f"docs/{page}"


def page_of(source):
    """The page of a document or file, or None."""
    if source in AT_ROOT:
        return AT_ROOT[source]
    if source.startswith("docs/"):
        return source.removeprefix("docs/")
    return None


def on_page_markdown(markdown, page, **_):
    """mkdocs calls it with each page's text."""
    here = page.file.src_uri
    source = source_of(here)

    def lead(match):
        image, words, target, anchor = match[1], match[2], match[3], match[4] or ""
        if source.startswith("tools/"):
            return match[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        if not (ROOT / path).exists():
            raise SystemExit(f"docs: {source} links to {target}, which does not exist")
        there = page_of(path)
        if there and not (ROOT / path).is_dir():
            return f"{image}[{words}]({posixpath.relpath(there, posixpath.dirname(here) or '.')}{anchor})"
        project = os.environ.get("TINYFORGE_REPO_URL")
        return f"[{words}]({project}/src/branch/main/{path})" if project else words

    return LINK.sub(lead, markdown)
