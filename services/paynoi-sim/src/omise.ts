import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseBaht } from '@pix/domain/money.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Announcements } from './announce.ts'
import type { Bank } from './bank.ts'
import type { Charge } from './charge.ts'
import { promptPayVector } from './promptpay-image.ts'
import { sameKey } from './same-key.ts'

/** Omise takes PromptPay charges of 20 to 150,000 THB. */
const CreateCall = z.object({
  amount: z.number().int().min(2_000).max(15_000_000),
  currency: z.string().regex(/^thb$/i),
  source: z.object({ type: z.literal('promptpay') }),
  expires_at: z.iso.datetime({ offset: true }).optional(),
  metadata: z.object({ ref1: z.string().default('') }).default({ ref1: '' }),
})

const STATUSES = { pending: 'pending', completed: 'successful', failed: 'failed' } as const

const refuse = (reply: FastifyReply, status: number, code: string) =>
  reply.code(status).send({ object: 'error', code, message: code.replaceAll('_', ' ') })

/** Answers as Omise does under `/omise`: charges over REST, the key as the user name of basic authentication. */
export function answerOmise(app: FastifyInstance, bank: Bank, secretKey: string): void {
  const knows = ({ headers }: FastifyRequest) =>
    sameKey(headers.authorization ?? '', `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`)
  const find = (id: string) => {
    const charge = bank.find(id)
    return charge?.protocol === 'omise' ? charge : undefined
  }

  app.post('/omise/charges', async (request, reply) => {
    if (!knows(request)) return refuse(reply, 401, 'authentication_failure')
    const call = CreateCall.safeParse(request.body)
    if (!call.success) return refuse(reply, 400, 'bad_request')
    const { amount, metadata } = call.data
    const charge = bank.create({ protocol: 'omise', amount, ref1: metadata.ref1 })
    await sleep(charge.faults.slowMs)
    if (['create', 'both'].includes(charge.faults.fail)) return refuse(reply, 500, 'internal_error')
    return describe(charge, `${request.protocol}://${request.host}`)
  })

  app.get<{ Params: { id: string } }>('/omise/charges/:id', async (request, reply) => {
    if (!knows(request)) return refuse(reply, 401, 'authentication_failure')
    const charge = find(request.params.id)
    if (!charge) return refuse(reply, 404, 'not_found')
    await sleep(charge.faults.slowMs)
    if (['check', 'both'].includes(charge.faults.fail)) return refuse(reply, 500, 'internal_error')
    return describe(charge, `${request.protocol}://${request.host}`)
  })

  app.get<{ Params: { id: string } }>('/omise/charges/:id/qr', async (request, reply) => {
    const charge = find(request.params.id)
    if (!charge) return refuse(reply, 404, 'not_found')
    return reply.type('image/svg+xml').send(await promptPayVector(charge))
  })
}

/** A charge as Omise shows it, as far as a shop reads it. */
const describe = (charge: Charge, origin: string, amount = charge.due) => ({
  object: 'charge',
  id: charge.transId,
  amount,
  currency: 'THB',
  status: STATUSES[charge.status],
  paid: charge.status === 'completed',
  created_at: charge.createdAt.toISOString(),
  expires_at: charge.expiresAt.toISOString(),
  metadata: { ref1: charge.ref1 },
  source: charge.faults.noQrImage
    ? null
    : {
        object: 'source',
        type: 'promptpay',
        scannable_code: {
          type: 'qr',
          image: { object: 'document', download_uri: `${origin}/omise/charges/${charge.transId}/qr` },
        },
      },
})

/**
 * Events signed over `timestamp.body`, once by each secret.
 *
 * @param secrets base64, comma-separated
 */
export const announceOmise = (url: string | undefined, secrets: string, origin: () => string): Announcements => ({
  url,
  write(charge, { amount, wrongly }) {
    const satang = amount === undefined ? charge.due : (parseBaht(amount) ?? charge.due)
    const data = describe(charge, origin(), satang)
    const body = JSON.stringify({ object: 'event', id: `evnt_test_${charge.transId}`, key: 'charge.complete', data })
    const timestamp = String(Math.floor(Date.now() / 1_000))
    const signatures = secrets.split(',').map(secret =>
      createHmac('sha256', wrongly ? `not-${secret}` : Buffer.from(secret, 'base64'))
        .update(`${timestamp}.${body}`)
        .digest('hex'),
    )
    return { body, headers: { 'omise-signature': signatures.join(','), 'omise-signature-timestamp': timestamp } }
  },
})
