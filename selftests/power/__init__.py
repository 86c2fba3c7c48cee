"""How well articles 40.3 and 40.4 measure: share of simulated shops whose personal ranking is found, beside false alarms.

`worlds.py` was written blind to the measure by somebody else, and is used as it came; `study.py` puts the journey's questions to it.
"""
