import type { FastifyRequest } from 'fastify'
import type { Deps } from '../base/deps.ts'

/** The deps of one request: what is logged and what is rung for carries its id, on to the worker's log (spec/10). */
export const depsOf = (deps: Deps, request: FastifyRequest): Deps => ({
  ...deps,
  log: deps.log.child({ requestId: request.id }),
  enqueue: deps.enqueue.from(request.id),
})
