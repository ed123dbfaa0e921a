"""What side-by-side articles are turned into, and compared with."""
