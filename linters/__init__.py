"""articlelint: checks documentation articles and gives one consolidated report."""

__version__ = "0.1.0"

HOMEPAGE = "https://example.org/articlelint"
"""The URL in the User-Agent header, where servers' owners read who asks; set before a release."""
