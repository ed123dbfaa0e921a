"""Proxies that the environment names (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from ipaddress import ip_address, ip_network
from urllib.request import getproxies


def proxies_from(proxies: Mapping[str, str] | None = None) -> Callable[[str, str, int], str | None]:
    """A function from (scheme, host, port) to the URL of the proxy to use, None for none.

    ``proxies`` are by scheme, with ``no`` for the exceptions (hosts, the domains above them,
    ``*``, networks in CIDR notation); None reads the environment.
    """
    known = dict(getproxies() if proxies is None else proxies)
    exceptions = [part.strip() for part in known.pop("no", "").lower().split(",")]

    @lru_cache(maxsize=4096)
    def proxy(scheme: str, host: str, port: int) -> str | None:
        url = known.get(scheme) or known.get("all") or ""
        url = url if not url or "://" in url else f"http://{url}"
        if not url.startswith(("http://", "https://")):
            return None
        return None if any(_excepts(part, host, port) for part in exceptions) else url

    return proxy


def _excepts(exception: str, host: str, port: int) -> bool:
    name = exception.removesuffix(f":{port}").lstrip("*.")
    if exception == "*" or (name and f".{host}".endswith(f".{name}")):
        return True
    try:
        return "/" in name and ip_address(host) in ip_network(name, strict=False)
    except ValueError:
        return False
