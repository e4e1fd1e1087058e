"""A fund's ledger: whole pence that balance, by period of posting and period of effect."""
