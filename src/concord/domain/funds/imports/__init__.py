"""Actuals from a partner's own ledger: read by a saved mapping, previewed, posted row by row."""
