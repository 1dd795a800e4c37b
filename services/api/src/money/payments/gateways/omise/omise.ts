import type { GatewayAnswer } from '@pix/contracts/checks.ts'
import { z } from 'zod'
import {
  type Announcement,
  type AskedCharge,
  type Charge,
  GatewayUnavailable,
  MalformedWebhook,
  type PaymentGateway,
} from '../../../../base/payment-gateway.ts'
import type { GatewaySettings } from '../../../../gateway-settings.ts'
import { GATEWAY_TIMES, gatewayCalls } from '../call-gateway.ts'
import { isSignedBy } from './signature.ts'

/**
 * Omise's PromptPay: a charge over REST whose QR is a picture of its own, announced by signed events. The version of the
 * API is named with each call, so that a change of the account's version changes nothing here.
 */
const VERSION = '2019-05-29'
const QR_LIFE_MS = 15 * 60_000
/** Omise's limits of one PromptPay charge, satang. */
const LEAST = 2_000
const MOST = 15_000_000
const WEBHOOK_LIMIT = 65_536
/** A charge that nobody makes. */
const NO_CHARGE = 'chrg_none'

const STATUSES = {
  successful: 'completed',
  pending: 'pending',
  failed: 'failed',
  expired: 'failed',
  reversed: 'failed',
} as const

const ChargeAnswer = z.object({
  object: z.literal('charge'),
  id: z.string().min(1).max(100),
  amount: z.number().int().positive(),
  status: z.enum(Object.keys(STATUSES) as (keyof typeof STATUSES)[]),
  expires_at: z.iso.datetime({ offset: true }).nullish(),
  metadata: z.object({ ref1: z.string().max(20).optional().catch(undefined) }).catch({}),
  source: z
    .object({ scannable_code: z.object({ image: z.object({ download_uri: z.url() }) }) })
    .nullish()
    .catch(null),
})
const Event = z.object({ object: z.literal('event'), key: z.string(), data: z.unknown() })

export function createOmise(settings: GatewaySettings<'omise'>, times = GATEWAY_TIMES): PaymentGateway {
  const headers = {
    authorization: `Basic ${Buffer.from(`${settings.OMISE_SECRET_KEY}:`).toString('base64')}`,
    'omise-version': VERSION,
  }
  const charges = `${settings.OMISE_URL.replace(/\/$/, '')}/charges`
  const call = gatewayCalls(times, bytes => JSON.parse(bytes.toString()) as unknown)
  const download = gatewayCalls(times, readSvg)
  const find = async (id: string) =>
    chargeOf(await call({ method: 'GET', url: `${charges}/${encodeURIComponent(id)}`, headers }))

  const create = async ({ amount, ref1, at }: AskedCharge): Promise<Charge> => {
    const expiresAt = new Date(at.getTime() + QR_LIFE_MS)
    const asked = {
      amount,
      currency: 'thb',
      source: { type: 'promptpay' },
      expires_at: expiresAt.toISOString(),
      metadata: { ref1 },
    }
    const made = chargeOf(await call({ url: charges, headers, body: asked }))
    const picture = made.source?.scannable_code.image.download_uri
    // The key goes to the gateway alone, whatever its answer names.
    if (!picture || new URL(picture).origin !== new URL(charges).origin)
      throw new GatewayUnavailable('the answer lacks a QR')
    return {
      transId: made.id,
      amount: made.amount,
      qrImage: await download({ method: 'GET', url: picture, headers }),
      expiresAt: made.expires_at ? new Date(made.expires_at) : expiresAt,
    }
  }

  return {
    name: 'omise',
    least: LEAST,
    most: MOST,
    create,
    check: async transId => STATUSES[(await find(transId)).status],
    probe: () => find(NO_CHARGE).then(() => 'answers' as const, answerOf),
    verifyWebhook: received => (isSignedBy(settings.OMISE_WEBHOOK_SECRETS, received) ? readEvent(received.raw) : null),
    readAnnouncement: signed => {
      const announcement = readEvent(signed)
      if (announcement === 'irrelevant') throw new MalformedWebhook('the event is of no charge')
      return announcement
    },
  }
}

function chargeOf(answer: unknown): z.output<typeof ChargeAnswer> {
  const charge = ChargeAnswer.safeParse(answer)
  if (!charge.success) throw new GatewayUnavailable('the answer is no charge')
  return charge.data
}

/** What a call about no charge failed with: Omise says 404 in JSON, and 401 to a key that it does not know. */
function answerOf(error: unknown): GatewayAnswer {
  const status = error instanceof GatewayUnavailable ? error.status : undefined
  if (status === undefined || status >= 500) return 'away'
  return status === 401 || status === 403 ? 'key_refused' : 'answers'
}

function readSvg(bytes: Buffer): Buffer {
  if (!/^\s*(<\?xml[^>]*>\s*)?(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(bytes.subarray(0, 1_000).toString()))
    throw new GatewayUnavailable('the QR is no SVG')
  return bytes
}

/** Events of transfers, refunds and the like are Omise's own matter. */
function readEvent(signed: Buffer): Announcement | 'irrelevant' {
  if (signed.length > WEBHOOK_LIMIT) throw new MalformedWebhook('over 64 KB')
  let event
  try {
    event = Event.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(signed)))
  } catch {
    throw new MalformedWebhook('no event that can be read')
  }
  if (!event.key.startsWith('charge.')) return 'irrelevant'
  const charge = ChargeAnswer.safeParse(event.data)
  if (!charge.success) throw new MalformedWebhook('the event has no charge')
  const { id, amount, status, metadata } = charge.data
  return { transId: id, ref1: metadata.ref1 ?? null, amount, status: STATUSES[status], signed }
}
