"""The links checker: extraction, local targets, style, and what servers answer.

May import every layer below the checkers; only ``pipeline.plugins`` and ``cli`` import it.
"""
