"""Frozen values that travel between the stages, without behaviour.

Imports nothing of the package; every layer may import it.
"""
