"""Who pays? Outturns drawn or entered, and each partner's bill under the very rules of the text.

The only part of the domain that counts in floats, and the only one that needs numpy; import its
modules where a simulation is asked for and nowhere else.
"""
