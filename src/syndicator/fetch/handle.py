"""A handle of libcurl, which serves one exchange after another: what is the same for all of them."""

from typing import Final

import certifi
import pycurl

from syndicator.fetch.proxy import Proxy

IDLE_SECONDS: Final = 10
"""A host that sends nothing for so long is left."""
CA_BUNDLE: Final = certifi.where()
"""Whom we trust to vouch for hosts; requests takes the same."""
_SUPPRESS_CONNECT_HEADERS = 265  # CURLOPT_SUPPRESS_CONNECT_HEADERS, for which pycurl has no name


def new_handle(proxy: Proxy | None) -> pycurl.Curl:
    """A handle through that proxy, or none; `Exchange.configure` sets what differs each time."""
    handle = pycurl.Curl()
    handle.setopt(pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS)
    handle.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS)
    handle.setopt(pycurl.PROXY, proxy.url if proxy else "")  # never from the environment
    handle.setopt(pycurl.NOPROXY, "")  # nor exceptions to it
    handle.setopt(pycurl.HEADEROPT, pycurl.HEADER_SEPARATE)  # our fields are not for the proxy's eyes
    handle.setopt(_SUPPRESS_CONNECT_HEADERS, 1)
    handle.setopt(pycurl.NETRC, pycurl.NETRC_IGNORED)
    handle.setopt(pycurl.NOSIGNAL, 1)
    handle.setopt(pycurl.CAINFO, CA_BUNDLE)
    handle.setopt(pycurl.SSL_VERIFYPEER, 1)
    handle.setopt(pycurl.SSL_VERIFYHOST, 2)
    handle.setopt(pycurl.LOW_SPEED_LIMIT, 1)
    handle.setopt(pycurl.LOW_SPEED_TIME, IDLE_SECONDS)
    return handle
