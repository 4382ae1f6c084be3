"""Awards given on stage: once the verdict is adopted, winners are revealed one at a time.

What was not revealed yet is in no answer: neither the stage nor the pages that follow it are sent a name ahead.
"""
