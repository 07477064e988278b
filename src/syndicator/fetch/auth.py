"""Credentials: the `Authorization` field's value, and addresses without them."""

from base64 import b64encode
from urllib.parse import unquote_to_bytes, urlsplit, urlunsplit

from syndicator.model.source import Auth


def authorization(auth: Auth | None, url: str) -> str:
    """The value of the `Authorization` field for a source (RFC 7617, RFC 6750).

    Args:
        auth: The source's credentials; they outrank those in the address.
        url: The source's address, whose userinfo counts when there are no others.

    Returns:
        The value, or an empty string without credentials. User and password are sent in UTF-8, octets that
        the address escapes as they are.
    """
    if auth and auth.bearer:
        return f"Bearer {auth.bearer}"
    if auth and (auth.username or auth.password):
        return _basic(auth.username.encode(), auth.password.encode())
    userinfo = (_netloc(url) if "@" in url else "").rpartition("@")[0]  # to take apart costs more than to look
    if userinfo in {"", ":"}:
        return ""
    username, _, password = userinfo.partition(":")
    return _basic(unquote_to_bytes(username), unquote_to_bytes(password))


def without_userinfo(url: str) -> str:
    """The address without user and password; unchanged when it has none, or cannot be taken apart."""
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
