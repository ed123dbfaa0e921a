"""SQLite files outside the repository: where they may be, and the guard in front of them.

Imports ``model`` and ``util``; used by ``facts``, ``links`` and ``audit``.
"""
