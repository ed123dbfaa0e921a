"""``python -m linters`` does what the ``articlelint`` command does."""

from linters.cli import entry_point

if __name__ == "__main__":
    entry_point()
