"""The shapes that cross the JSON door. What is written here is a promise to others.

These modules know pydantic and nothing of ours, so that a change inside the house cannot
silently change the promise.
"""
