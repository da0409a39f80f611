"""The stories of the demo: what happened in Python, what the letters said in TOML beside it."""
