"""General helpers without knowledge of articles: patterns, globs, paths, signals, redaction.

Imports only ``model``; every layer may import it.
"""
