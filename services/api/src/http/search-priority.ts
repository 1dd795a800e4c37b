import { within } from '@pix/platform/within.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { networkOf } from './network-of.ts'
import { buyerOf } from './session.ts'

const DECORATOR = 'searchPriority'
/** No search goes first for longer than this: the worker that it waits for may be away. */
const LONGEST_MS = 2_000
/** What one file waits in all: a stadium that searches without a pause slows uploads down and never stops them. */
const PATIENCE_MS = 1_000

/** How long the searches of one visitor, and of one network, go first in a minute, added up; more go beside the uploads. */
const VISITOR_MS = 6_000
const NETWORK_MS = 60_000
const MINUTE_MS = 60_000

/**
 * Gives searches priority over uploads: people wait for a search in front of a phone, and not for an upload. While a
 * search waits for its answer, the uploads of this process pause. That frees more than one core: that of the senders,
 * the proxy, the storage and this process. A sender that is not read stops by itself.
 */
export interface SearchPriority {
  /** This search goes first from now on, until `end`, as long as its visitor's and network's budgets last. */
  begin(id: string, from: { visitor: string; network: string }): void
  end(id: string): void
  /** For one file: what to await before each piece of it is taken. */
  pauses(): () => Promise<void>
}

export function createSearchPriority(): SearchPriority {
  const waiting = new Map<string, { timer: NodeJS.Timeout; since: number; payers: readonly string[] }>()
  const spent = createBudgets()
  let free: Promise<void> = Promise.resolve()
  let open: (() => void) | undefined

  const end = (id: string) => {
    const one = waiting.get(id)
    if (!one) return
    clearTimeout(one.timer)
    spent.add(one.payers, performance.now() - one.since)
    waiting.delete(id)
    if (waiting.size === 0) open?.()
  }
  return {
    begin(id, { visitor, network }) {
      end(id)
      const payers = [`visitor ${visitor}`, `network ${network}`] as const
      const longest = Math.min(LONGEST_MS, VISITOR_MS - spent.of(payers[0]), NETWORK_MS - spent.of(payers[1]))
      if (longest <= 0) return
      if (waiting.size === 0) free = new Promise(resolve => (open = resolve))
      const timer = setTimeout(end, longest, id).unref()
      waiting.set(id, { timer, since: performance.now(), payers })
    },
    end,
    pauses() {
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
export function keepSearchPriority(app: FastifyInstance): void {
  app.decorate(DECORATOR, createSearchPriority())
}

/** Gives priority to a search that is on record. A search that only arrives, or is refused, pauses nobody. */
export const prioritize = (request: FastifyRequest, searchId: string): void =>
  searchPriorityIn(request).begin(searchId, { visitor: buyerOf(request).sessionId, network: networkOf(request) })

export const searchPriorityIn = (request: FastifyRequest): SearchPriority =>
  request.server.getDecorator<SearchPriority>(DECORATOR)
