"""The localization checker: span structure, and what translation did inside the segments.

May import the layers below and ``links.extraction``; only ``pipeline.plugins`` and ``cli``
import it.
"""
