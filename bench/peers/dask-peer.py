#!/usr/bin/env python3
"""No-op tasks on Dask distributed: two worker processes of one thread, on loopback.

Usage: dask-peer.py TASKS SINGLE. Debian: apt-get install python3-distributed python3-dask.
"""
import sys
import time

SLOTS = 2
WARM_UP = 100


def nothing(i):
    return i


def main():
    try:
        import distributed
    except ImportError as e:
        sys.exit("dask: not installed (%s); Debian has python3-distributed and python3-dask" % e)
    tasks, single = int(sys.argv[1]), int(sys.argv[2])
    with distributed.LocalCluster(
        n_workers=SLOTS,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
    ) as cluster, distributed.Client(cluster) as client:
        client.gather(client.map(nothing, range(WARM_UP), pure=False))
        began = time.perf_counter()
        answers = client.gather(client.map(nothing, range(tasks), pure=False))
        seconds = time.perf_counter() - began
        if answers != list(range(tasks)):
            sys.exit("dask: expected %d answers in order, found others" % tasks)
        millis = []
        for i in range(single):
            began = time.perf_counter()
            client.submit(nothing, i, pure=False).result()
            millis.append(1e3 * (time.perf_counter() - began))
        millis.sort()
        print(
            "dask %s: %d tasks, %.0f tasks/s; one at a time p50 %.1f ms, p95 %.1f ms"
            % (
                distributed.__version__,
                tasks,
                tasks / seconds,
                millis[(single - 1) // 2],
                millis[(single * 95 + 99) // 100 - 1],
            )
        )


if __name__ == "__main__":
    main()
