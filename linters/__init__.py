"""articlelint: checks documentation articles and gives one consolidated report."""

__version__ = "0.1.0"
