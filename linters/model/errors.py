"""The one error that ends a run: reported in one line, with exit status 2."""


class UserError(Exception):
    """Something the user can mend: arguments, configuration, a plug-in, a path."""
