"""Fills the wheel from the folder usr, and tags it with the platform that auditwheel named."""

import os
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Tools(BuildHookInterface):
    """Adds the tools as scripts, and their libraries and shared files as the data of an environment."""

    def initialize(self, version, build_data):
        """Names each file: hatchling looks through folders for what a Python package holds."""
        build_data["pure_python"] = False
        # The tools are programs: any Python, one platform.
        build_data["tag"] = f"py3-none-{os.environ['TINYFORGE_WHEEL_PLATFORM']}"
        prefix = Path(self.root) / "usr"
        for file in sorted(path for path in prefix.rglob("*") if path.is_file()):
            place = file.relative_to(prefix)
            if place.parts[0] == "bin":
                build_data["shared_scripts"][str(file)] = place.name
            else:
                build_data["shared_data"][str(file)] = str(place)
