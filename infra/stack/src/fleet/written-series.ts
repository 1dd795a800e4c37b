import { createServer } from 'node:http'

/** A series for Prometheus: a value, or so much more each second. */
export type Written = readonly [series: string, value: number | { perSecond: number }]

export interface Watched {
  /** What Prometheus reads from now on. */
  write(series: readonly Written[]): void
  /** How often the dead-man's switch was asked. */
  alive: number
  stop(): Promise<void>
}

/** Serves series that stand for causes which cannot be had here, and counts who asks at the dead-man's switch. */
export async function startWatched(host: string, port: number): Promise<Watched> {
  let written: readonly Written[] = []
  let since = Date.now()
  const valueOf = (value: Written[1]) =>
    typeof value === 'number' ? value : ((Date.now() - since) / 1_000) * value.perSecond
  const server = createServer((request, response) => {
    if (request.url === '/alive') watched.alive += 1
    if (request.url !== '/metrics') return void response.end()
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(written.map(([series, value]) => `${series} ${valueOf(value)}\n`).join(''))
  })
  const watched: Watched = {
    alive: 0,
    write: series => {
      written = series
      since = Date.now()
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>(done => server.close(() => done()))
    },
  }
  await new Promise<void>(done => server.listen(port, host, done))
  return watched
}
