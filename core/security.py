"""What every answer carries and what no request may: the guard in front of all views."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from flask import Flask, Response, abort, current_app, g, request, session
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from core.settings import Settings, settings
from core.uploads import largest_body

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
)
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"
UNSAFE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
MOST_KEYS = 1000
LARGEST_ID = 2**31 - 1
LONGEST_NEXT = 500
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")


class RecordId(IntegerConverter):
    """`<int:...>` in a route: a number no database chokes on; anything else is 404."""

    regex = r"[0-9]{1,10}"

    def __init__(self, map: Map, *args: Any, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(map, *args, **{"max": LARGEST_ID, **kwargs})


def init_app(app: Flask, chosen: Settings) -> None:
    app.url_map.converters["int"] = RecordId
    if chosen.trusted_proxies:
        hops = chosen.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    app.before_request(refuse_oddities)
    app.after_request(harden)


def guard_contents(app: Flask) -> None:
    """After the access guard: nothing is read of what somebody sends who may not enter."""
    app.before_request(allow_files)
    app.before_request(refuse_too_many_keys)


def allow_files() -> None:
    """Before anything reads what was sent: only where files are asked it may be much."""
    largest = largest_body(current_app.view_functions.get(request.endpoint or ""))
    if largest is not None:
        request.max_content_length = largest


def refuse_oddities() -> None:
    """Requests that no page of ours makes."""
    if "\x00" in request.path or any("\x00" in part for part in _query_parts()):
        abort(400)
    if request.method in UNSAFE_METHODS and not _comes_from_us():
        abort(403)


def refuse_too_many_keys() -> None:
    if request.method in UNSAFE_METHODS and len(request.form) > MOST_KEYS:
        abort(413)


def _query_parts() -> list[str]:
    return [part for pair in request.args.items(multi=True) for part in pair]


def _comes_from_us() -> bool:
    """Browsers say where a form was sent from. Pages without a referrer send the Origin 'null'."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin", "null")
    return origin in ("null", f"{request.scheme}://{request.host}")


def keep_private() -> None:
    """This answer is for one person: no browser or proxy may keep it."""
    g.is_private = True


def keep_secret() -> None:
    """This address is a key: it may not be kept, indexed or told to the next site."""
    g.is_private = g.is_secret = True


def harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)  # a view may only have set a policy of its own
    if settings().is_https:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    if g.get("is_secret"):
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
    _limit_caching(response)
    if request.environ.get("SERVER_SOFTWARE", "").startswith("Werkzeug"):
        response.headers["Server"] = "Speelplek"  # else it tells the versions of what runs here
    return response


def _limit_caching(response: Response) -> None:
    if g.get("is_private") or response.status_code >= 400 or session.modified:
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers.setdefault("Cache-Control", "no-cache")


def safe_next(path: str | None, default: str = "/") -> str:
    """The path when it leads to a page of ours; whatever else it may be, the default."""
    if path and len(path) <= LONGEST_NEXT and _LOCAL_PATH.fullmatch(path):
        return path
    return default


def client_address() -> str:
    """Where the request comes from; behind proxies only what the trusted ones say."""
    return request.remote_addr or ""


def secret_key() -> bytes:
    key = current_app.secret_key
    if not key:
        raise RuntimeError("the app has no secret key")
    return key.encode() if isinstance(key, str) else key
