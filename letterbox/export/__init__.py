"""Everything in a mailbox, for its citizen to take along."""
