import type { FastifyInstance, FastifyRequest } from 'fastify'
import { factsOf } from './route-facts.ts'

const DECORATOR = 'rightOfWay'
/** Nobody is made way for longer than this: the worker that they wait for may be away. */
const LONGEST_MS = 2_000
/** What one file waits in all: a stadium that searches without a pause slows uploads down and never stops them. */
const PATIENCE_MS = 1_000

/**
 * Who searches is waiting in front of a phone, who uploads is not: while somebody waits for an answer, the uploads of
 * this process stand still. What they would have made their senders, the proxy, the storage and this process do is a
 * core and more; a sender that is not read stops by itself.
 */
export interface RightOfWay {
  /** This one waits from now on, until `leave`. */
  enter(id: string): void
  leave(id: string): void
  /** For one file: to be awaited before each piece of it is taken. */
  yielding(): () => Promise<void>
}

export function createRightOfWay(): RightOfWay {
  const waiting = new Map<string, NodeJS.Timeout>()
  let free: Promise<void> = Promise.resolve()
  let open: (() => void) | undefined

  const leave = (id: string) => {
    clearTimeout(waiting.get(id))
    if (waiting.delete(id) && waiting.size === 0) open?.()
  }
  return {
    enter(id) {
      if (waiting.size === 0) free = new Promise(resolve => (open = resolve))
      clearTimeout(waiting.get(id))
      waiting.set(id, setTimeout(leave, LONGEST_MS, id).unref())
    },
    leave,
    yielding() {
      let patience = PATIENCE_MS
      return async () => {
        while (waiting.size > 0 && patience > 0) {
          const since = performance.now()
          await resolvedWithin(free, patience)
          patience -= performance.now() - since
        }
      }
    },
  }
}

async function resolvedWithin(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([promise, new Promise<void>(resolve => (timer = setTimeout(resolve, ms)))])
  clearTimeout(timer)
}

/** One for the whole service. A request that searches has it before anything else is done for it. */
export function keepRightOfWay(app: FastifyInstance): void {
  const way = createRightOfWay()
  app.decorate(DECORATOR, way)
  app.addHook('onRequest', async request => {
    if (factsOf(request).limit === 'search') way.enter(request.id)
  })
  app.addHook('onResponse', async request => way.leave(request.id))
}

export const rightOfWayIn = (request: FastifyRequest): RightOfWay => request.server.getDecorator<RightOfWay>(DECORATOR)
