"""Addresses for the site's own CSS and script and for the two scripts from the npm lockfile.

Every address carries a version, so that browsers may keep what they have for a year. Only the names
below are served; never the whole of `node_modules`.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, send_file, url_for

from core.access import public

ROOT = Path(__file__).parent.parent
FILES = {
    "htmx.js": ROOT / "node_modules/htmx.org/dist/htmx.min.js",
    "idiomorph.js": ROOT / "node_modules/idiomorph/dist/idiomorph-ext.min.js",
    "speelplek.css": ROOT / "static/speelplek.css",
    "speelplek.js": ROOT / "static/speelplek.js",
}
A_YEAR = 365 * 24 * 3600
NOT_INSTALLED = "Dit script is nog niet opgehaald. 'make run' haalt het op (npm ci)."

bp = Blueprint("assets", __name__)


@bp.get("/assets/<version>/<name>")
@public
def script(version: str, name: str) -> Response:
    path = FILES.get(name) or abort(404)
    if not path.is_file():
        return Response(NOT_INSTALLED, 404, mimetype="text/plain")
    known = version == _version(path, path.stat().st_mtime_ns)
    response = send_file(path, max_age=A_YEAR if known else 0)
    response.cache_control.immutable = known
    return response


@bp.app_template_global()
def asset_url(name: str) -> str:
    """The address of one of `FILES`, with the version it has now."""
    path = FILES[name]
    modified = path.stat().st_mtime_ns if path.is_file() else 0
    return url_for("assets.script", version=_version(path, modified), name=name)


@cache
def _version(path: Path, modified: int) -> str:
    """The first letters of the file's hash; `modified` is there to notice an edit."""
    if not modified:
        return "0"
    return sha256(path.read_bytes()).hexdigest()[:10]
