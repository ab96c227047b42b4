"""`python -m summ`: the same as `summ`."""

from summ.cli.app import main

main()
