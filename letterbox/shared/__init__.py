"""What every room needs: money, the record base, errors, sealing, scopes, ports."""
