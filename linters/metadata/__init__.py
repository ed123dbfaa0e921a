"""The metadata checker: front matter against JSON Schemas, and the rules no schema states.

May import every layer below the checkers; only ``pipeline.plugins`` and ``cli`` import it.
"""
