"""Who is written to, about what; and the ledger of everything that was sent."""
