import autocannon from 'autocannon'
import { quantile } from './quantile.ts'

export interface LoadResult {
  requestsPerSecond: number
  p50Ms: number
  p95Ms: number
  /** Answers that were not 2xx, and errors. */
  failed: number
}

export interface LoadShape {
  connections: number
  seconds: number
  /** Requests a second over all connections; as many as are answered where it is left out. */
  rate?: number
}

/**
 * Keeps `connections` requests in flight for `seconds`, or fewer at a given rate. Every request names another client address, as the edge does
 * for a stadium full of phones, so the default limits per address hold.
 */
export async function load(url: string, { connections, seconds, rate }: LoadShape): Promise<LoadResult> {
  const times: number[] = []
  let failed = 0
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      {
        url,
        connections,
        duration: seconds,
        ...(rate && { overallRate: rate }),
        requests: [{ setupRequest: asAnotherClient() }],
      },
      (error, done) => (error ? reject(error as Error) : resolve(done)),
    )
    run.on('response', (_client, status, _bytes, milliseconds) => {
      times.push(milliseconds)
      if (status < 200 || status > 299) failed += 1
    })
  })
  return {
    requestsPerSecond: times.length / result.duration,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    failed: failed + result.errors,
  }
}

function asAnotherClient(): (request: autocannon.Request) => autocannon.Request {
  let sent = 0
  return request => {
    sent += 1
    const client = `10.${(sent >> 8) & 15}.${sent & 255}.7`
    return { ...request, headers: { ...request.headers, 'x-forwarded-for': client } }
  }
}
