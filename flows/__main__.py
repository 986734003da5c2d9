"""`python -m flows` is the `nastavnik` command."""

from flows.cli import main

main()
