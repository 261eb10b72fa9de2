# K-means of scikit-learn on the points of a file of doubles, row by row: seconds of wall time a sweep, and the inertia at each k.
import json
import sys
import time
import warnings

import numpy
from sklearn.cluster import KMeans

warnings.filterwarnings("ignore")
path, columns, least, most, starts, times = sys.argv[1], *map(int, sys.argv[2:])
points = numpy.fromfile(path).reshape(-1, columns)


def sweep():
    return [KMeans(k, n_init=starts, random_state=1, algorithm="lloyd").fit(points).inertia_ for k in range(least, most + 1)]


sweep()
seconds = []
for _ in range(times):
    begin = time.perf_counter()
    inertia = sweep()
    seconds.append(time.perf_counter() - begin)
print(json.dumps({"seconds": sorted(seconds)[times // 2], "inertia": inertia}))
