"""The executors of a Dask cluster (extra ``cluster``).

Dask trusts its peers: whoever reaches the scheduler can run code on the workers. The address
comes from the command line only; ``tls://`` uses the certificates of Dask's own configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from linters.model.errors import UserError

_CONNECT_SECONDS = 30


@contextmanager
def dask_executors(address: str) -> Iterator[tuple[Executor, ...]]:
    """An executor for each worker of a cluster: ``dask://HOST:PORT`` or ``tls://HOST:PORT``.

    A task prefers its worker, and runs on another one if that is lost. UserError where Dask is
    not installed, the scheduler does not answer, or the cluster has no workers.
    """
    scheme, separator, place = address.partition("://")
    if not separator or scheme not in ("dask", "tls") or not place:
        raise UserError(f"--executor: expected dask://HOST:PORT, got {address!r}")
    try:
        from distributed import Client
    except ImportError as error:
        raise UserError("--executor needs Dask: pip install 'articlelint[cluster]'") from error
    target = f"tcp://{place}" if scheme == "dask" else address
    try:
        client = Client(target, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UserError(f"--executor {address}: {error}") from error
    try:
        workers = sorted(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise UserError(f"--executor {address}: the cluster has no workers")
        yield tuple(
            client.get_executor(workers=[worker], allow_other_workers=True, pure=False)
            for worker in workers
        )
    finally:
        client.close()
