"""`python -m summ.cli`: the program without its console script."""

from __future__ import annotations

from summ.cli.app import main

if __name__ == "__main__":
    main()
