"""The door for people: server-rendered pages for citizens, in plain Dutch, without script.

A page asks the same rooms as `api` and may borrow its dependencies and statuses, nothing else.
"""
