"""Forms as data: XLSForm in, web form out, answers checked.

`engine/` is the form engine itself: pure Python, it knows neither the database nor the web. The rest of the
room keeps versions and answers, and draws the pages. Who may read or write an answer is asked in the room that
gave the form out (an application, a needs analysis): this room is called after that question.
"""
