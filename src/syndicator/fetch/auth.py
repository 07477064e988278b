"""Credentials: the value of the `Authorization` field, and addresses without user and password."""

from base64 import b64encode
from urllib.parse import unquote_to_bytes, urlsplit, urlunsplit

from syndicator.model.source import Auth


def authorization(auth: Auth | None, url: str) -> str:
    """Return the value of the `Authorization` field for a source (RFC 7617, RFC 6750).

    Args:
        auth: The source's credentials, which have precedence over those in the address; None: there are none.
        url: The source's address; its userinfo is used if there are no other credentials.

    Returns:
        The value, or an empty string without credentials. User and password are sent in UTF-8; octets that are escaped
        in the address are sent as they are.
    """
    if auth and auth.bearer:
        return f"Bearer {auth.bearer}"
    if auth and (auth.username or auth.password):
        return _basic(auth.username.encode(), auth.password.encode())
    userinfo = (_netloc(url) if "@" in url else "").rpartition("@")[0]  # parsing costs more than this check
    if userinfo in {"", ":"}:
        return ""
    username, _, password = userinfo.partition(":")
    return _basic(unquote_to_bytes(username), unquote_to_bytes(password))


def without_userinfo(url: str) -> str:
    """Return an address without user and password; unchanged if it has none, or cannot be parsed."""
    if "@" not in url or "@" not in _netloc(url):
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _basic(username: bytes, password: bytes) -> str:
    return f"Basic {b64encode(b'%b:%b' % (username, password)).decode()}"


def _netloc(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""
