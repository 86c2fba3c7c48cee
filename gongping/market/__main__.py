"""`python -m gongping.market [--port N]`: serve the market until Ctrl-C."""

import argparse
import signal

from gongping.market.server import Market


def main() -> int:
    """Serve in the foreground. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m gongping.market", description=__doc__)
    parser.add_argument("--port", type=int, default=8039, help="port on 127.0.0.1; 0 takes a free one (default: 8039)")
    options = parser.parse_args()
    with Market.start(options.port) as market:
        print(f"shop    {market.url()}\nswitches http://localhost:{market.port}/_/\nCtrl-C stops.", flush=True)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            signal.pause()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
