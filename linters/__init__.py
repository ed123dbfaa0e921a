"""articlelint: checks documentation articles and gives one consolidated report."""

__version__ = "0.1.0"

HOMEPAGE = "https://example.org/articlelint"
"""Where the repository lives, as servers and snippets are told; to be set before a release."""
