"""The house itself: what the letterbox knows and does, without any door or wire.

A letter walks through these rooms from left to right:

    letters -> reading -> debts -> overview

`people` says who is who, `consent` says who may look over whose shoulder, `logbook` keeps
who looked, and `access` cuts the only keys that open a citizen's mailbox. `shared` holds
the few things every room needs. A room may look back along the way, never ahead.
"""
