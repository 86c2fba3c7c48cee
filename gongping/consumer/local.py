"""Names under localhost: browsers alone take every one of them for this machine (RFC 6761)."""

from __future__ import annotations

from urllib.parse import urlsplit


def resolvable(url: str) -> tuple[str, dict[str, str]]:
    """An address that others than browsers can ask for, and the header that it needs."""
    parts = urlsplit(url)
    if not (parts.hostname or "").endswith(".localhost"):
        return url, {}
    port = f":{parts.port}" if parts.port else ""
    return parts._replace(netloc=f"127.0.0.1{port}").geturl(), {"Host": parts.netloc}
