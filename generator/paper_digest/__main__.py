"""Runs the command line: ``python -m paper_digest`` does what ``digest`` does."""

from paper_digest.cli.start import main

if __name__ == "__main__":
    main()
