"""The JSON door: systems of creditors, public bodies and counsellors come in here.

A route does three things: learn who knocks, ask one room for one thing, answer. If it
does more, the "more" belongs in `letterbox`.
"""
