"""One module per thing we look for in a letter. Lines in, finds with their place out."""
