"""What exists in a root: files, git, diffs, docfx's configuration, redirections, locale.

Imports ``article``, ``config``, ``util`` and ``model``; one reader and one answer per question.
"""
