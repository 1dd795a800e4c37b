import type { FastifyInstance } from 'fastify'
import { Histogram, register } from 'prom-client'
import { patternOf } from './route-facts.ts'

const NAME = 'http_request_duration_seconds'

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
  app.addHook('onResponse', async (request, reply) => {
    const route = request.is404 ? 'unknown' : patternOf(request)
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
}
