"""The audit: the history of links over many runs, streaks, trends, and the summary of rot.

Imports ``links`` and the layers below; used by ``cli``.
"""
