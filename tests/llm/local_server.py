"""Serves the model file named first on a loopback port, with OpenAI's protocol; prints its base URL.

Run as `python -m tests.llm.local_server MODEL.gguf`; it serves until its standard input is closed.
"""

import sys

import xllamacpp

CONTEXT = 4_096  # tokens of prompt and answer together

if __name__ == "__main__":
    options = xllamacpp.CommonParams()
    options.model.path = sys.argv[1]
    options.hostnames = ["127.0.0.1"]
    options.port = 0
    options.n_ctx = CONTEXT
    options.n_parallel = 1
    options.cpuparams.n_threads = 2
    options.cpuparams_batch.n_threads = 2
    options.warmup = False
    options.ui = False
    server = xllamacpp.Server(options)
    print(f"{server.listening_address}/v1", flush=True)  # noqa: T201 (what the one who started it reads)
    sys.stdin.read()
