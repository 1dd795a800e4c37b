import type { FastifyBaseLogger } from 'fastify'
import type { Charge, Protocol } from './charge.ts'

export interface Announcer {
  /** Sends the webhook, and again until the shop answers `{status:1}`. Resolves after the first try. */
  announce(charge: Charge, change?: { amount?: string }): Promise<void>
  close(): void
}

const TRIES = 10
const TRY_LIMIT_MS = 10_000

/** Doubles from half a second: ten tries take about four minutes. */
const waitMs = (tried: number) => 500 * 2 ** (tried - 1)

/** Where charges of one protocol are announced, and what is sent. */
export interface Announcements {
  url: string | undefined
  write(charge: Charge, change: { amount?: string; wrongly: boolean }): Letter
}

/** A webhook as it is sent. */
export interface Letter {
  body: string
  headers: Record<string, string>
}

export function createAnnouncer(announcements: Record<Protocol, Announcements>, log: FastifyBaseLogger): Announcer {
  const timers = new Set<NodeJS.Timeout>()

  const send = async (url: string, letter: Letter, transId: string, tried = 1): Promise<void> => {
    const outcome = await post(url, letter).catch((error: unknown) => String(error))
    log.info({ transId, tried, outcome }, 'announced')
    if (outcome === 'taken' || tried >= TRIES) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void send(url, letter, transId, tried + 1)
    }, waitMs(tried))
    timers.add(timer.unref())
  }

  return {
    async announce(charge, change = {}) {
      const { url, write } = announcements[charge.protocol]
      if (charge.faults.never || url === undefined) return
      const letter = write(charge, { ...change, wrongly: charge.faults.wrongSignature })
      const times = 1 + charge.faults.duplicateWebhooks
      await Promise.all(Array.from({ length: times }, () => send(url, letter, charge.transId)))
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

async function post(url: string, { body, headers }: Letter): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    signal: AbortSignal.timeout(TRY_LIMIT_MS),
  })
  const answer = (await response.json().catch(() => null)) as { status?: unknown } | null
  return response.ok && answer?.status === 1 ? 'taken' : `status ${response.status}`
}
