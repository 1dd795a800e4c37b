import { createHmac } from 'node:crypto'
import type { FastifyBaseLogger } from 'fastify'
import { formatBaht } from '@pix/domain/money.ts'
import type { Charge } from './charge.ts'

export interface Announcer {
  /** Sends the webhook, and again until the shop answers `{status:1}`. Resolves after the first try. */
  announce(charge: Charge, change?: { amount?: string }): Promise<void>
  close(): void
}

const TRIES = 10
const TRY_LIMIT_MS = 10_000

/** Doubles from half a second: ten tries take about four minutes. */
const waitMs = (tried: number) => 500 * 2 ** (tried - 1)

export function createAnnouncer(
  target: { url: string | undefined; secret: string },
  log: FastifyBaseLogger,
): Announcer {
  const timers = new Set<NodeJS.Timeout>()

  const send = async (body: string, transId: string, tried = 1): Promise<void> => {
    if (target.url === undefined) return
    const outcome = await post(target.url, body).catch((error: unknown) => String(error))
    log.info({ transId, tried, outcome }, 'announced')
    if (outcome === 'taken' || tried >= TRIES) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void send(body, transId, tried + 1)
    }, waitMs(tried))
    timers.add(timer.unref())
  }

  return {
    async announce(charge, change = {}) {
      if (charge.faults.never) return
      const body = webhookBody(charge, charge.faults.wrongSignature ? `not-${target.secret}` : target.secret, change)
      await Promise.all(Array.from({ length: 1 + charge.faults.duplicateWebhooks }, () => send(body, charge.transId)))
    },
    close() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

/** The signature is over the exact bytes of `data`; they are spaced as no serializer would, so nobody can make them anew. */
export function webhookBody(charge: Charge, secret: string, change: { amount?: string } = {}): string {
  const data = JSON.stringify(
    {
      trans_id: charge.transId,
      ref1: charge.ref1,
      amount: change.amount ?? formatBaht(charge.due),
      payment_status: charge.status,
      paid_at: charge.paidAt?.toISOString(),
      channel: 'พร้อมเพย์',
    },
    null,
    1,
  )
  const signature = createHmac('sha256', secret).update(data).digest('hex')
  return `{"data": ${data} , "signature":"${signature}"}`
}

async function post(url: string, body: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(TRY_LIMIT_MS),
  })
  const answer = (await response.json().catch(() => null)) as { status?: unknown } | null
  return response.ok && answer?.status === 1 ? 'taken' : `status ${response.status}`
}
