import { within } from '@pix/platform/within.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { networkOf } from './network-of.ts'
import { buyerOf } from './session.ts'

const DECORATOR = 'rightOfWay'
/** Nobody is made way for longer than this: the worker that they wait for may be away. */
const LONGEST_MS = 2_000
/** What one file waits in all: a stadium that searches without a pause slows uploads down and never stops them. */
const PATIENCE_MS = 1_000

/** What the searches of one visitor, and of one network, are made way for in a minute, added up: more go beside the uploads. */
const VISITOR_MS = 6_000
const NETWORK_MS = 60_000
const MINUTE_MS = 60_000

/**
 * Who searches is waiting in front of a phone, who uploads is not: while somebody waits for an answer, the uploads of
 * this process stand still. What they would have made their senders, the proxy, the storage and this process do is a
 * core and more; a sender that is not read stops by itself.
 */
export interface RightOfWay {
  /** This search waits from now on, until `leave`; made way for while its visitor's and network's budgets last. */
  enter(id: string, from: { visitor: string; network: string }): void
  leave(id: string): void
  /** For one file: to be awaited before each piece of it is taken. */
  yielding(): () => Promise<void>
}

export function createRightOfWay(): RightOfWay {
  const waiting = new Map<string, { timer: NodeJS.Timeout; since: number; payers: readonly string[] }>()
  const spent = createBudgets()
  let free: Promise<void> = Promise.resolve()
  let open: (() => void) | undefined

  const leave = (id: string) => {
    const one = waiting.get(id)
    if (!one) return
    clearTimeout(one.timer)
    spent.add(one.payers, performance.now() - one.since)
    waiting.delete(id)
    if (waiting.size === 0) open?.()
  }
  return {
    enter(id, { visitor, network }) {
      leave(id)
      const payers = [`visitor ${visitor}`, `network ${network}`] as const
      const longest = Math.min(LONGEST_MS, VISITOR_MS - spent.of(payers[0]), NETWORK_MS - spent.of(payers[1]))
      if (longest <= 0) return
      if (waiting.size === 0) free = new Promise(resolve => (open = resolve))
      const timer = setTimeout(leave, longest, id).unref()
      waiting.set(id, { timer, since: performance.now(), payers })
    },
    leave,
    yielding() {
      let patience = PATIENCE_MS
      return async () => {
        while (waiting.size > 0 && patience > 0) {
          const since = performance.now()
          await within(patience, free)
          patience -= performance.now() - since
        }
      }
    },
  }
}

/** Milliseconds used up in the present minute. */
function createBudgets() {
  const used = new Map<string, number>()
  let began = performance.now()
  const startMinute = () => {
    if (performance.now() - began < MINUTE_MS) return
    began = performance.now()
    used.clear()
  }
  return {
    of(payer: string): number {
      startMinute()
      return used.get(payer) ?? 0
    },
    add(payers: readonly string[], ms: number): void {
      startMinute()
      for (const payer of payers) used.set(payer, (used.get(payer) ?? 0) + ms)
    },
  }
}

/** One for the whole service. */
export function keepRightOfWay(app: FastifyInstance): void {
  app.decorate(DECORATOR, createRightOfWay())
}

/** Makes way for a search that is on record. One that only arrives, or is refused, stops nobody. */
export const makeWayFor = (request: FastifyRequest, searchId: string): void =>
  rightOfWayIn(request).enter(searchId, { visitor: buyerOf(request).sessionId, network: networkOf(request) })

export const rightOfWayIn = (request: FastifyRequest): RightOfWay => request.server.getDecorator<RightOfWay>(DECORATOR)
