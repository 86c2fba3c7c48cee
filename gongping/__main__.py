"""`python -m gongping` is `gongping`."""

from gongping.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
