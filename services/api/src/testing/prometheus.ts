import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

const program = (process.env.PATH ?? '')
  .split(delimiter)
  .map(folder => join(folder, 'prometheus'))
  .find(file => existsSync(file))
/** Whether Debian's package `prometheus` is on this machine. */
export const hasPrometheus = program !== undefined

/** Samples of a series: its name with labels, and each time in seconds with its value, in the order of time. */
export type Samples = Record<string, [at: number, value: number][]>

/** One sample for each minute of a time, with the value that a function has for the minute. */
export function everyMinute(from: number, until: number, value: (minute: number) => number): [number, number][] {
  return Array.from({ length: Math.floor((until - from) / 60) }, (_, minute) => [from + minute * 60, value(minute)])
}

/** A real Prometheus that knows these samples and asks nobody: `await using prometheus = await startPrometheus(samples)`. */
export async function startPrometheus(samples: Samples) {
  const folder = await mkdtemp(join(tmpdir(), 'thepixstock-prometheus-'))
  const [data, history, config] = [join(folder, 'data'), join(folder, 'history'), join(folder, 'prometheus.yml')]
  await writeFile(config, '')
  await writeFile(history, openMetrics(samples))
  await run('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', '--max-block-duration=24h', history, data])
  const port = await freePort()
  const running = spawn(
    program!,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=400d',
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore' },
  )
  const url = `http://127.0.0.1:${port}`
  while (!(await isReady(url))) await new Promise(resolve => setTimeout(resolve, 50))
  return {
    url,
    async [Symbol.asyncDispose]() {
      running.kill('SIGTERM')
      await once(running, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function openMetrics(samples: Samples): string {
  const names = [...new Set(Object.keys(samples).map(series => series.split('{')[0]!))]
  const lines = names.flatMap(name => [
    `# TYPE ${name} gauge`,
    ...Object.entries(samples)
      .filter(([series]) => series.split('{')[0] === name)
      .flatMap(([series, values]) => values.map(([at, value]) => `${series} ${value} ${at}`)),
  ])
  return [...lines, '# EOF', ''].join('\n')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const isReady = (url: string) =>
  fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
