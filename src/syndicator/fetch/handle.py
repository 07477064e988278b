"""Handle: create a libcurl handle, which serves one exchange after another, with the options that all share."""

from typing import Final

import certifi
import pycurl

from syndicator.fetch.proxy import Proxy

IDLE_SECONDS: Final = 10
"""Seconds without any data after which an exchange is ended."""
CA_BUNDLE: Final = certifi.where()
"""Path of the file with the certificate authorities that we trust; the library requests uses the same."""
_SUPPRESS_CONNECT_HEADERS = 265  # CURLOPT_SUPPRESS_CONNECT_HEADERS, for which pycurl has no name


def new_handle(proxy: Proxy | None) -> pycurl.Curl:
    """Create a handle that uses this proxy, or none; `Exchange.configure` sets what differs for each exchange."""
    handle = pycurl.Curl()
    handle.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    handle.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
    handle.setopt(pycurl.PROXY, proxy.url if proxy else "")  # never from the environment
    handle.setopt(pycurl.NOPROXY, "")  # nor exceptions to it
    handle.setopt(pycurl.HEADEROPT, pycurl.HEADER_SEPARATE)  # the proxy must not see our fields
    handle.setopt(_SUPPRESS_CONNECT_HEADERS, 1)
    handle.setopt(pycurl.NETRC, pycurl.NETRC_IGNORED)
    handle.setopt(pycurl.NOSIGNAL, 1)
    handle.setopt(pycurl.CAINFO, CA_BUNDLE)
    handle.setopt(pycurl.SSL_VERIFYPEER, 1)
    handle.setopt(pycurl.SSL_VERIFYHOST, 2)
    handle.setopt(pycurl.LOW_SPEED_LIMIT, 1)
    handle.setopt(pycurl.LOW_SPEED_TIME, IDLE_SECONDS)
    return handle
