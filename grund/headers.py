"""The headers that every answer carries: the browser is asked to load our own files and nothing else."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response

# Everything is forbidden, then each kind of file is let in from the place the page came from. There is no
# 'unsafe-inline' anywhere. connect-src stays forbidden: a page that cannot call out cannot leak an answer.
_TILLATET: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def content_security_policy(**andrat: str) -> str:
    """The policy, with what a room allows beside it or in its place: `connect_src="'self'"`."""
    tillatet = _TILLATET | {namn.replace("_", "-"): varde for namn, varde in andrat.items()}
    return "; ".join(f"{namn} {varde}" for namn, varde in tillatet.items())


CONTENT_SECURITY_POLICY: Final = content_security_policy()

SECURITY_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    # Which page someone came from is nobody's business, least of all for a link from a survey.
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


_NAMES: Final = {name.lower(): name for name in SECURITY_HEADERS}


def set_security_headers(response: Response) -> Response:
    """Add the security headers to one answer, leaving alone any that its view has chosen itself."""
    chosen = {name.lower() for name, _ in response.headers}
    response.headers.extend([(name, SECURITY_HEADERS[name]) for key, name in _NAMES.items() if key not in chosen])
    return response


def init_headers(app: Flask) -> None:
    """Let everything that the app serves, static files and error pages too, carry the security headers."""
    app.after_request(set_security_headers)
