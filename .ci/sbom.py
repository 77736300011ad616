"""Writes what the program is made of: `sbom.json` (CycloneDX 1.5) and `licences.txt`, into the folder that is named.

    make sbom           # into build/

Packages, versions and hashes are those of requirements.txt; licences are what the installed packages say of themselves.
One that is not installed, because it is for another system, is listed without a licence.
"""

import json
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
VENDORED = (("govuk-frontend", "6.6.0", "MIT", "panel/static/panel: styles and script, compiled"),)


def packages():
    """(name, version, hashes) of each package that requirements.txt pins."""
    found = []
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if match := PACKAGE.match(line):
            found.append((match[1].lower(), match[2], []))
        elif "--hash=sha256:" in line:
            found[-1][2].append(line.split("sha256:")[1].split()[0])
    return found


def licence_of(name):
    """The licence as the package names it: its expression, its field, or its classifiers."""
    try:
        said = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classes = [c.rpartition(" :: ")[2] for c in said.get_all("Classifier") or () if c.startswith("License ::")]
    field = said.get("License") or ""
    short = field if len(field) < 60 and "\n" not in field else ""
    return said.get("License-Expression") or short or ", ".join(classes) or "see the package"


def component(name, version, licence, hashes=(), kind="pypi"):
    """One component as CycloneDX has it."""
    found = {"type": "library", "name": name, "version": version, "purl": f"pkg:{kind}/{name}@{version}"}
    if licence:
        found["licenses"] = [{"license": {"name": licence}}]
    if hashes:
        found["externalReferences"] = [
            {"type": "distribution", "url": f"https://pypi.org/project/{name}/{version}/",
             "hashes": [{"alg": "SHA-256", "content": h} for h in hashes]}
        ]  # fmt: skip
    return found


def main(folder):
    """Write both files."""
    folder.mkdir(parents=True, exist_ok=True)
    own = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    rows = [(name, version, licence_of(name), hashes) for name, version, hashes in packages()]
    sbom = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "name": own["name"], "version": own["version"],
                                   "licenses": [{"license": {"id": own["license"]}}]}},
        "components": [component(*row) for row in rows]
        + [component(name, version, licence, kind="npm") for name, version, licence, _ in VENDORED],
    }  # fmt: skip
    (folder / "sbom.json").write_text(json.dumps(sbom, indent=1) + "\n", encoding="utf-8")
    lines = [f"{name} {version}: {licence or 'not installed here'}" for name, version, licence, _ in rows]
    lines += [f"{name} {version}: {licence} ({where})" for name, version, licence, where in VENDORED]
    (folder / "licences.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} components: {folder / 'sbom.json'}, {folder / 'licences.txt'}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build"))
