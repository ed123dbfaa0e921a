"""Front matter: where it stands, what it says, and whether that is right."""
