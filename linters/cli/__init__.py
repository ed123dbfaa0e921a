"""The ``articlelint`` command: one module per subcommand; only here is printed or exited.

Imports every layer; nothing imports it. ``linters.cli.main`` is public.
"""

from linters.cli.command_line import entry_point, main

__all__ = ["entry_point", "main"]
