"""What a citizen chose for their mailbox: language, notices by e-mail, calendar feed."""
