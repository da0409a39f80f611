"""The foundations: every change of the database, step by step, each way up and down."""
