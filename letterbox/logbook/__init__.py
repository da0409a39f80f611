"""Who looked at or changed what, when, by which consent. Only ever added to."""
