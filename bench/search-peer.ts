import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** One line per query in, one line out: milliseconds and the rows found by faiss on one thread. */
const PROGRAM = `
import sys, time, json
try:
    import numpy as np, faiss
except ImportError as missing:
    print(json.dumps({"missing": str(missing)}), flush=True); sys.exit(0)
faiss.omp_set_num_threads(1)
rows = np.fromfile(sys.argv[1], dtype='<f4').reshape(-1, 128)
queries = np.fromfile(sys.argv[2], dtype='<f4').reshape(-1, 128)
index = faiss.IndexFlatL2(128)
index.add(rows)
del rows
print(json.dumps({"ready": faiss.__version__}), flush=True)
for line in sys.stdin:
    n, bound = line.split()
    query = queries[int(n):int(n) + 1]
    start, cpu = time.perf_counter(), time.process_time()
    _, _, found = index.range_search(query, float(bound) ** 2)
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"ms": took * 1000, "cpuMs": cpu * 1000, "rows": found.tolist()}), flush=True)
`

export interface PeerAnswer {
  ms: number
  cpuMs: number
  rows: number[]
}

export interface Peer {
  version: string
  search(query: number, threshold: number): Promise<PeerAnswer>
  close(): void
}

/** faiss-cpu's IndexFlatL2 over the same files, or null where Python, numpy or faiss is missing. */
export async function startPeer(python: string, rowsFile: string, queriesFile: string): Promise<Peer | null> {
  const child = spawn(python, ['-c', PROGRAM, rowsFile, queriesFile], { stdio: ['pipe', 'pipe', 'inherit'] })
  const failed = new Promise<null>(resolve => child.once('error', () => resolve(null)))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const line = await lines.next()
    return line.done ? {} : (JSON.parse(line.value) as Record<string, unknown>)
  }
  const hello = await Promise.race([failed, next()])
  if (!hello || typeof hello.ready !== 'string') {
    child.kill()
    return null
  }
  return {
    version: hello.ready,
    async search(query, threshold) {
      child.stdin.write(`${query} ${threshold}\n`)
      return (await next()) as unknown as PeerAnswer
    },
    close: () => child.stdin.end(),
  }
}
