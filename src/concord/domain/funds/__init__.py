"""The money: funds, their rules, and who bears what."""
