"""Lets `python -m syndicator` run the command `syndicator`."""

from syndicator.cli import main

if __name__ == "__main__":
    main()
