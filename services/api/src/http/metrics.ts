import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Gauge, Histogram, register } from 'prom-client'
import { tokenUserOf } from './access.ts'
import { createActiveVisitors } from './active-visitors.ts'
import { sessionToken } from './cookies.ts'
import { networkOf } from './network-of.ts'
import { patternOf } from './route-facts.ts'
import { countStreams } from './streams.ts'

const NAME = 'http_request_duration_seconds'
const GAUGES_MS = 5_000
const ACTIVE_MS = 300_000
const MOST_VISITORS = 100_000

/** The gauge of this name, made once: tests build the app several times. */
const gaugeOf = (name: string, help: string) =>
  (register.getSingleMetric(name) as Gauge | undefined) ?? new Gauge({ name, help })

/** Counts and times every request by route pattern. Served by platform/metrics.ts, never publicly. */
export function measureRequests(app: FastifyInstance): void {
  const known = register.getSingleMetric(NAME) as Histogram<'method' | 'route' | 'status'> | undefined
  const duration =
    known ??
    new Histogram({
      name: NAME,
      help: 'Time from the request to the end of its answer, by route',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    })
  const streams = gaugeOf('event_streams_open', 'Event streams open at this moment')
  const active = gaugeOf('pix_active_visitors', 'Visitors whose requests were answered in the last five minutes')
  const visitors = createActiveVisitors({ activeMs: ACTIVE_MS, most: MOST_VISITORS })
  const measure = setInterval(() => {
    streams.set(countStreams(app).streams)
    active.set(visitors.count(performance.now()))
  }, GAUGES_MS).unref()
  app.addHook('onClose', async () => clearInterval(measure))
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'unknown' : patternOf(request)
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    if (!isProbe(route)) visitors.saw(visitorOf(request), performance.now())
  })
}

/** Health is asked for by machines. */
const isProbe = (route: string) => /\/(healthz|readyz)$/.test(route)

/**
 * A visitor's browser by its session; without one, who is signed in, or else the network. A request that was refused
 * before its cookies were read has none.
 */
function visitorOf(request: FastifyRequest): string {
  const cookiesWereRead = (request.cookies as typeof request.cookies | null) !== null
  return (cookiesWereRead ? sessionToken(request) : null) ?? tokenUserOf(request) ?? networkOf(request)
}
