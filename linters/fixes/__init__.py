"""Applies the edits of fixes to files, all or nothing.

Imports ``model``, ``util`` and ``article``; used by ``cli``.
"""
