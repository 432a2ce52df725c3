#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Medians and ratios of "WAY DIRECTION VALUE" lines: a table, and JSON."""

import collections
import json
import platform
import statistics
import sys


def read(path):
    values = collections.defaultdict(list)
    with open(path, encoding="ascii") as lines:
        for line in lines:
            way, direction, value = line.split()
            values[direction, way].append(float(value))
    return values


def summarise(values):
    rows = []
    for (direction, way), some in values.items():
        base = statistics.median(values[direction, "routed"])
        median = statistics.median(some)
        rows.append({
            "direction": direction, "way": way, "mbits": median,
            "min": min(some), "max": max(some), "rounds": len(some),
            "ratio": round(median / base, 3),
        })
    return rows


def main():
    rows = summarise(read(sys.argv[1]))
    print(f"TCP, kernel {platform.release()}, median of {rows[0]['rounds']} rounds")
    print(f"{'direction':<10}{'way':<14}{'Mbit/s':>8}{'min':>8}{'max':>8}{'of routed':>11}")
    for row in rows:
        print(f"{row['direction']:<10}{row['way']:<14}{row['mbits']:>8.1f}"
              f"{row['min']:>8.1f}{row['max']:>8.1f}{row['ratio']:>11.2f}")
    with open(sys.argv[2], "w", encoding="ascii") as out:
        json.dump({"kernel": platform.release(), "rows": rows}, out, indent=1)


if __name__ == "__main__":
    main()
