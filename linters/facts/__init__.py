"""What checkers collect per article for the whole run, and its cache.

Imports ``checker`` and the layers below; used by the checkers, ``pipeline`` and ``cli``.
"""
