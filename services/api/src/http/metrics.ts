import type { FastifyInstance } from 'fastify'
import { Gauge, Histogram, register } from 'prom-client'
import { patternOf } from './route-facts.ts'
import { countStreams } from './streams.ts'

const NAME = 'http_request_duration_seconds'
const STREAMS_MS = 5_000

const streamGauge = () => new Gauge({ name: 'event_streams_open', help: 'Event streams open at this moment' })

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
  const streams = (register.getSingleMetric('event_streams_open') as Gauge | undefined) ?? streamGauge()
  const measure = setInterval(() => streams.set(countStreams(app).streams), STREAMS_MS).unref()
  app.addHook('onClose', async () => clearInterval(measure))
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'unknown' : patternOf(request)
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
}
