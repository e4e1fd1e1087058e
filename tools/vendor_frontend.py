"""Vendor GOV.UK Frontend without its branding: fetch, check, strip, and fail if any of it is left.

Run by a maintainer who has npm (`python tools/vendor_frontend.py`), or with a tarball already
fetched (`python tools/vendor_frontend.py govuk-frontend-6.6.0.tgz`). Everyone else uses the output,
which is committed. The licence of the letters, crown and crests does not reach a service that is
not on GOV.UK, so none of them may be shipped.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

INTO = Path(__file__).parents[1] / "src/concord/web/static/govuk"
LOCK = INTO / "VENDORED.json"
STYLE, SCRIPT = "govuk-frontend.min.css", "govuk-frontend.min.js"
FONTS = '"Helvetica Neue",Helvetica,Arial,sans-serif'
FORBIDDEN = re.compile(
    r"GDS Transport|/assets/|sourceMappingURL|(?<!xmlns=)(?:https?:)?//(?!\*)[\w.-]+\.\w"
)
# Addresses that name a vocabulary or a licence and are never fetched.
NAMES = ("http://www.w3.org/2000/svg",)


def fetched(lock: dict[str, str]) -> bytes:
    """The package as npm gives it, whose hash must be the one kept beside the output."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{lock['name']}@{lock['version']}"
        pack = ["npm", "pack", "--silent", wanted]
        subprocess.run(pack, cwd=folder, check=True, capture_output=True)  # noqa: S603
        return next(Path(folder).glob("*.tgz")).read_bytes()


def checked(tarball: bytes, integrity: str) -> bytes:
    method, _, wanted = integrity.partition("-")
    found = base64.b64encode(hashlib.new(method, tarball).digest()).decode()
    if found != wanted:
        sys.exit(f"The package is not the one recorded: {method}-{found}")
    return tarball


def members(tarball: bytes) -> dict[str, str]:
    with tempfile.TemporaryFile() as file:
        file.write(tarball)
        file.seek(0)
        with tarfile.open(fileobj=file) as tar:
            names = {
                STYLE: f"package/dist/govuk/{STYLE}",
                SCRIPT: f"package/dist/govuk/{SCRIPT}",
            }
            return {name: tar.extractfile(path).read().decode() for name, path in names.items()}  # type: ignore[union-attr]


def unbranded(style: str) -> str:
    """Without its font files, its typeface, its crests and its map."""
    style = re.sub(r"@font-face\s*\{[^}]*\}", "", style)
    style = re.sub(
        r"""["']?GDS Transport["']?\s*,\s*arial\s*,\s*sans-serif""", FONTS, style, flags=re.I
    )
    style = re.sub(r"""url\(["']?/assets/[^)]*\)""", "none", style)
    return without_map(style)


def without_map(text: str) -> str:
    return re.sub(r"(?:/\*|//)# sourceMappingURL=.*$", "", text, flags=re.M).rstrip() + "\n"


def leftovers(name: str, text: str) -> list[str]:
    """What must not be shipped and still is: each with some of what stands around it."""
    for known in NAMES:
        text = text.replace(known, "")
    return [
        f"{name}: …{text[max(0, m.start() - 40) : m.end() + 40]}…" for m in FORBIDDEN.finditer(text)
    ]


def main(arguments: list[str]) -> None:
    lock = json.loads(LOCK.read_text())
    tarball = Path(arguments[0]).read_bytes() if arguments else fetched(lock)
    files = members(checked(tarball, lock["integrity"]))
    files[STYLE] = unbranded(files[STYLE])
    files[SCRIPT] = without_map(files[SCRIPT])
    left = [fault for name in (STYLE, SCRIPT) for fault in leftovers(name, files[name])]
    if left:
        sys.exit("Branding or an outside address is left:\n" + "\n".join(left))
    for name, text in files.items():
        (INTO / name).write_text(text)
        print(f"{name}: {len(text) // 1024} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
