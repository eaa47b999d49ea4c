"""Writes the bill of materials of the tools and of the libraries beside them, as CycloneDX 1.5 JSON.

    ci/packaging/sbom.py VERSION PREFIX FILE

PREFIX holds the tools with their libraries (bundle-libraries). Times come from SOURCE_DATE_EPOCH, and the serial
number from the content, so that the same tools give the same document. Exits with 1 if CycloneDX's own validator
refuses the document.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import uuid
from datetime import datetime, timezone
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot5
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = ("lint-spec", "plan", "drift", "apply")
# Only tests use it.
UNSHIPPED = {"swift-subprocess"}


def output(*command):
    """What a command prints, without the last line's end."""
    return subprocess.check_output(command, text=True).strip()


def swift_packages():
    """The Swift packages that are linked in, from the build's own record."""
    for pin in json.loads((ROOT / "Package.resolved").read_text())["pins"]:
        if pin["identity"] in UNSHIPPED:
            continue
        owner, name = pin["location"].removesuffix(".git").split("/")[-2:]
        version = pin["state"]["version"]
        yield library(name, version, "Apache-2.0", PackageURL("swift", f"github.com/{owner}", name, version))


def swift_runtime():
    """The Swift standard library, which is linked in."""
    version = re.search(r"Swift version (\S+)", output("swift", "--version"))[1]
    return library("swift", version, "Apache-2.0 WITH Swift-exception", None)


def debian_packages(prefix):
    """The Debian packages whose libraries lie beside the tools."""
    for file in sorted((prefix / "share/doc/tinyforge-gitops/licenses").iterdir()):
        version, arch = output("dpkg-query", "-W", "-f", "${Version} ${Architecture}", file.name).split()
        url = PackageURL("deb", "debian", file.name, version, {"arch": arch})
        yield Component(type=ComponentType.LIBRARY, name=file.name, version=version, purl=url, bom_ref=str(url))


def library(name, version, licence, url):
    """A library that is linked in, under a licence of the SPDX list or an expression of such."""
    known = DisjunctiveLicense(name=licence) if " " in licence else DisjunctiveLicense(id=licence)
    return Component(type=ComponentType.LIBRARY, name=name, version=version, purl=url,
                     licenses=[known], bom_ref=str(url or f"{name}@{version}"))


def tool(name, version, prefix):
    """One of the four programs, with its digest."""
    digest = hashlib.sha256((prefix / "bin" / name).read_bytes()).hexdigest()
    return Component(type=ComponentType.APPLICATION, name=name, version=version, bom_ref=f"tool/{name}",
                     hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)])


def document(version, prefix):
    """The bill of materials: the toolkit is made of the tools, and each tool depends on all libraries."""
    toolkit = Component(type=ComponentType.APPLICATION, name="tinyforge-gitops", version=version,
                        licenses=[DisjunctiveLicense(id="MIT")], bom_ref=f"tinyforge-gitops@{version}")
    tools = [tool(name, version, prefix) for name in TOOLS]
    libraries = [*swift_packages(), swift_runtime(), *debian_packages(prefix)]
    bom = Bom(components=[*tools, *libraries])
    bom.metadata.component = toolkit
    bom.metadata.timestamp = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), timezone.utc)
    content = "\n".join(sorted(f"{part.bom_ref} {[hash_.content for hash_ in part.hashes]}" for part in bom.components))
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_OID, content)
    bom.register_dependency(toolkit, tools)
    for part in tools:
        bom.register_dependency(part, libraries)
    return JsonV1Dot5(bom).output_as_string(indent=2)


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    version, prefix, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    text = document(version, prefix)
    problem = JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)
    if problem:
        sys.exit(f"sbom: CycloneDX's validator refuses the document: {problem}")
    target.write_text(text + "\n")


if __name__ == "__main__":
    main()
