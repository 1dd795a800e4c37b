import type { FastifyInstance } from 'fastify'
import { Problem } from '../base/problem.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Pages of a plugin, which registers them twice. */
const DOCS = '/api/docs'

const SERVED = 'served'

/** The methods of each address that is served. */
export const servedBy = (app: FastifyInstance): ReadonlyMap<string, ReadonlySet<string>> => app.getDecorator(SERVED)

/** Remembers what is served where. @returns once all routes are there: refuses every other method by 405 with `Allow` */
export function refuseWrongMethods(app: FastifyInstance): () => void {
  const served = new Map<string, Set<string>>()
  app.decorate(SERVED, served)
  let isRefusing = false
  app.addHook('onRoute', ({ method, url }) => {
    if (isRefusing) return
    const methods = served.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    served.set(url, methods)
  })
  return () => {
    isRefusing = true
    for (const [url, methods] of served) {
      const method = METHODS.filter(one => !methods.has(one))
      if (url.includes('*') || url.startsWith(DOCS) || method.length === 0) continue
      const allow = [...methods].toSorted().join(', ')
      app.route({
        method,
        url,
        schema: { hide: true },
        exposeHeadRoute: false,
        onRequest: async (_, reply) => {
          reply.header('allow', allow)
          throw new Problem('method_not_allowed')
        },
        handler: async () => undefined,
      })
    }
    isRefusing = false
  }
}
