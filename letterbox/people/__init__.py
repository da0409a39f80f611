"""Who is who: organisations, and citizens by their mailbox."""
