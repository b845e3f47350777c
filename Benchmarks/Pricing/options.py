"""Writes options for the pricing benchmark as CSV: options.py COUNT. The same seed gives the same file."""

import random
import sys

draw = random.Random(20260615)
# Where n·(T/n) rounds below T, QuantLib's lattices lose a step.
DAYS = [days for days in range(30, 900) if all(n * (days / 365 / n) >= days / 365 for n in (200, 201))]
print("right,underlying,strike,rate,carry,volatility,days,second,second_volatility,correlation")
for _ in range(int(sys.argv[1])):
    underlying = draw.uniform(60, 140)
    cells = (
        underlying, underlying * draw.uniform(0.7, 1.4), draw.uniform(0.005, 0.08), draw.uniform(-0.03, 0.06),
        draw.uniform(0.08, 0.8))
    more = draw.uniform(60, 140), draw.uniform(0.1, 0.6), draw.uniform(-0.9, 0.95)
    print(draw.choice("CP"), *map(repr, cells), draw.choice(DAYS), *map(repr, more), sep=",")
