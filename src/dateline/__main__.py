"""`python -m dateline`."""

from dateline.config.commands import main

if __name__ == "__main__":
    main()
