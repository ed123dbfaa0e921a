"""The Markdown page of each rule: its explanation, and its cases for people to read.

Imports ``checker`` and ``findings``; used by ``cli`` and ``docs/build.py``.
"""
