"""The stages in order: discover, read, check, collect, resolve, report.

Imports every layer below ``cli``; only ``plugins`` names the checkers.
"""
