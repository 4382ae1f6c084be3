"""The accessibility statement, the form beside it, and the reports followed until they are answered.

Directive (EU) 2016/2102, art. 7, and its model statement (Decision (EU) 2018/1523); in Italy law 4/2004, art. 3-quater
and 3-quinquies, with AgID's guidelines: an answer within thirty days, then the Difensore civico per il digitale.
"""
