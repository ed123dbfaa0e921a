"""Reporters: from a Report to text, one module per format, in one table (``formats``).

Imports ``model`` and ``util``; used by ``cli``.
"""
