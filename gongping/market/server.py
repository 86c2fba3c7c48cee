"""Start and stop the market in this process."""

import shutil
import tempfile
import threading
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from gongping.market import database
from gongping.market.app import create_app
from gongping.market.variant import Variant


class _Handler(WSGIRequestHandler):
    """Keep connections open, and keep quiet: a page has some forty pictures."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        pass


class Market:
    """The running market. `Market.start()` makes one; use it as a context manager or call `stop()`."""

    def __init__(self) -> None:
        # Cleans up after itself where a process ends without stop().
        self._home = tempfile.TemporaryDirectory(prefix="gongping-market-", ignore_cleanup_errors=True)
        self._folder = Path(self._home.name)
        self._template = self._folder / "template.sqlite"
        self._lock = threading.Lock()
        self._server: BaseWSGIServer | None = None
        database.build(self._template)

    @classmethod
    def start(cls, port: int = 0) -> "Market":
        """Serve on 127.0.0.1 from a daemon thread; port 0 takes a free one. Raises OSError where the port is taken."""
        market = cls()
        try:
            server = make_server(
                "127.0.0.1", port, create_app(market.database_of), threaded=True, request_handler=_Handler
            )
        except (OSError, SystemExit) as error:  # werkzeug exits where the port is taken
            market.stop()
            raise OSError(f"the market cannot listen on 127.0.0.1:{port}") from error
        server.daemon_threads = True  # type: ignore[attr-defined]  # socketserver's; waits for no open connection
        server.block_on_close = False  # type: ignore[attr-defined]
        market._server = server
        threading.Thread(target=server.serve_forever, name="market", daemon=True).start()
        return market

    @property
    def port(self) -> int:
        """The port served. Raises RuntimeError after `stop()`."""
        if self._server is None:
            raise RuntimeError("the market is not running")
        return self._server.port

    def url(self, run: str = "main", faults: Iterable[str] = ()) -> str:
        """The address of a variant's home page. Raises ValueError on an unknown switch, with close matches."""
        return f"http://{Variant.of(run, faults).host}:{self.port}/"

    def database(self, run: str = "main", faults: Iterable[str] = ()) -> Path:
        """The SQLite file of a variant, made if it was not visited yet."""
        return self.database_of(Variant.of(run, faults))

    def database_of(self, variant: Variant) -> Path:
        """As `database`, for a variant that was read from a host name."""
        path = self._folder / f"{variant.host.removesuffix('.localhost')}.sqlite"
        with self._lock:
            if not path.exists():
                shutil.copyfile(self._template, path)
                database.adapt(path, variant.switches)
        return path

    def stop(self) -> None:
        """Stop serving and delete all state. Does nothing the second time."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
        self._home.cleanup()

    def __enter__(self) -> "Market":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
