"""Configuration files: keys and defaults in one table, loading, the nearest file per folder.

Imports ``model``, ``util`` and ``article``; used by ``repository`` and the layers above.
"""
