import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { formatBaht, parseBaht } from '@pix/domain/money.ts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Announcements } from './announce.ts'
import type { Bank } from './bank.ts'
import type { Charge } from './charge.ts'
import { promptPayImage } from './promptpay-image.ts'
import { sameKey } from './same-key.ts'

const Call = z.discriminatedUnion('method', [
  z.object({
    method: z.literal('create'),
    api_key: z.string(),
    amount: z.number(),
    ref1: z.string().regex(/^[A-Z0-9]{1,20}$/),
    key_id: z.string().min(1),
    account: z.string().min(1),
    /** PromptPay. The gateway has other numbers for other ways to pay. */
    type: z.literal('1'),
  }),
  z.object({ method: z.literal('check'), api_key: z.string(), trans_id: z.string() }),
])

/** The gateway's one address: `create` and `check` (spec/40). */
export function answerProtocol(app: FastifyInstance, bank: Bank, apiKey: string): void {
  app.post('/', async (request, reply) => {
    const call = Call.safeParse(request.body)
    if (!call.success) return reply.code(400).send({ error: 'the call is not understood' })
    if (!sameKey(call.data.api_key, apiKey)) return reply.code(401).send({ error: 'the api_key is wrong' })

    const charge = call.data.method === 'check' ? bank.find(call.data.trans_id) : undefined
    const faults = charge?.faults ?? bank.faults
    // A call that is answered too late, or with 500, has done its work all the same: that is what makes it hard.
    const answer = call.data.method === 'create' ? await create(bank, call.data) : charge && describe(charge)
    await sleep(faults.slowMs)
    if (faults.fail === call.data.method || faults.fail === 'both') return reply.code(500).send({ error: 'fault' })
    return answer ?? reply.code(404).send({ error: 'there is no such trans_id or amount' })
  })
}

async function create(bank: Bank, call: { amount: number; ref1: string }) {
  const amount = parseBaht(String(call.amount))
  if (amount === null || amount < 100) return undefined
  const charge = bank.create({ protocol: 'paynoi', amount, ref1: call.ref1 })
  return {
    trans_id: charge.transId,
    ...(charge.faults.noQrImage ? {} : { qr_image_base64: (await promptPayImage(charge)).toString('base64') }),
    amount: formatBaht(charge.due),
    expire_at: charge.expiresAt.toISOString(),
  }
}

const describe = (charge: Charge) => ({ payment_status: charge.status })

/** The signature is over the exact bytes of `data`; they are spaced as no serializer would, so nobody can make them again. */
export const announcePayNoi = (url: string | undefined, secret: string): Announcements => ({
  url,
  write(charge, { amount, wrongly }) {
    const data = JSON.stringify(
      {
        trans_id: charge.transId,
        ref1: charge.ref1,
        amount: amount ?? formatBaht(charge.due),
        payment_status: charge.status,
        paid_at: charge.paidAt?.toISOString(),
        channel: 'พร้อมเพย์',
      },
      null,
      1,
    )
    const signature = createHmac('sha256', wrongly ? `not-${secret}` : secret)
      .update(data)
      .digest('hex')
    return { body: `{"data": ${data} , "signature":"${signature}"}`, headers: {} }
  },
})
