"""The audience of a pitch day: registration without an account, a waiting list that moves up by itself, the door.

Whoever registers opens their page by a link in a letter, never by what they typed: the form answers alike to everybody.
"""
