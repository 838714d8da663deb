"""Visits: today, who is inside, the roll-call on paper."""
