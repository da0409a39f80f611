"""Where letters arrive and are kept, sealed."""
