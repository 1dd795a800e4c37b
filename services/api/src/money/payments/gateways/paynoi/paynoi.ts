import CircuitBreaker from 'opossum'
import type { GatewayAnswer } from '@pix/contracts/checks.ts'
import { formatBaht, parseBaht } from '@pix/domain/money.ts'
import { Agent, fetch } from 'undici'
import {
  type Announcement,
  type Charge,
  GatewayUnavailable,
  MalformedWebhook,
  type PaymentGateway,
} from '../../../../base/payment-gateway.ts'
import { drawPromptPayQr } from '../promptpay-qr.ts'
import { membersOf, verifySignature } from './signature.ts'

/**
 * Everything we know of PayNoi's protocol, and all that knows it (spec/40 "Gateway calls"). Only the two calls are
 * documented in public; what the vendor's paper corrects is corrected here.
 */
export interface PayNoiSettings {
  PAYNOI_URL: string
  PAYNOI_API_KEY: string
  PAYNOI_KEY_ID: string
  PAYNOI_ACCOUNT: string
  PAYNOI_WEBHOOK_SECRET?: string | undefined
}

/** The gateway is given up after these; a breaker then spares it, and our customers the wait. */
export const PAYNOI_TIMES = { connectMs: 3_000, totalMs: 10_000, breakerResetMs: 10_000 }
const QR_LIFE_MS = 15 * 60_000
const ANSWER_LIMIT = 1_000_000
/** The way to pay, by PayNoi's number for it. */
const PROMPTPAY = '1'
/** A charge that nobody makes: ours have references of another shape. */
const NO_CHARGE = 'THEPIXSTOCK-CHECK'

export function createPayNoi(settings: PayNoiSettings, times = PAYNOI_TIMES): PaymentGateway {
  const { PAYNOI_API_KEY: api_key, PAYNOI_KEY_ID: key_id, PAYNOI_ACCOUNT: account } = settings
  const secret = settings.PAYNOI_WEBHOOK_SECRET ?? api_key
  const call = breakable(settings.PAYNOI_URL, times)
  return {
    name: 'paynoi',
    create: async ({ amount, ref1 }) => {
      const asked = { method: 'create', api_key, amount: asNumber(amount), ref1, key_id, account, type: PROMPTPAY }
      const { picture, ...charge } = toCharge(await call(asked))
      const qrImage = picture ?? (await drawPromptPayQr({ account, amount: charge.amount, ref1 }))
      if (!qrImage) throw new GatewayUnavailable('there is no QR and the account is no PromptPay id')
      return { ...charge, qrImage }
    },
    check: async transId => toStatus(await call({ method: 'check', api_key, trans_id: transId })),
    probe: () => call({ method: 'check', api_key, trans_id: NO_CHARGE }).then(() => 'answers' as const, answerOf),
    verifyWebhook: ({ raw }) => {
      const signed = verifySignature(raw, secret)
      return signed && readAnnouncement(signed)
    },
    readAnnouncement,
  }
}

/** What a call that asked about no charge failed with: PayNoi refuses it in JSON, and whatever else answers does not. */
function answerOf(error: unknown): GatewayAnswer {
  const status = error instanceof GatewayUnavailable ? error.status : undefined
  if (status === undefined || status >= 500) return 'away'
  return status === 401 || status === 403 ? 'key_refused' : 'answers'
}

function isObject(bytes: Buffer): boolean {
  try {
    return membersOf(bytes) !== undefined
  } catch {
    return false
  }
}

type Answer = Map<string, string>
type Call = Record<string, string | number>

/** Baht as a JSON number. Up to 15 digits are written as they are read, so none of ours is changed by that. */
const asNumber = (satang: number): number => Number(formatBaht(satang))

/** Neither call is repeated here: `create` must not be, and `check` is asked again by the reconciler. */
function breakable(url: string, times: typeof PAYNOI_TIMES): (body: Call) => Promise<Answer> {
  const dispatcher = new Agent({ connect: { timeout: times.connectMs } })

  const post = async (body: Call): Promise<Answer> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(times.totalMs),
        dispatcher,
      })
      const bytes = Buffer.from(await response.arrayBuffer())
      if (!response.ok) {
        const { status } = response
        const more = { refused: status < 500, status: isObject(bytes) ? status : undefined }
        throw new GatewayUnavailable(`status ${status}`, more)
      }
      if (bytes.length > ANSWER_LIMIT) throw new GatewayUnavailable('the answer is too long')
      return membersOf(bytes)
    } catch (error) {
      if (error instanceof GatewayUnavailable) throw error
      throw new GatewayUnavailable('no answer that can be read', { cause: error })
    }
  }

  const breaker = new CircuitBreaker(post, {
    timeout: false,
    volumeThreshold: 5,
    errorThresholdPercentage: 50,
    rollingCountTimeout: 30_000,
    resetTimeout: times.breakerResetMs,
    errorFilter: (error: unknown) => error instanceof GatewayUnavailable && error.refused,
  })
  return async body => {
    try {
      return await breaker.fire(body)
    } catch (error) {
      if (error instanceof GatewayUnavailable) throw error
      throw new GatewayUnavailable('spared for a while after too many failures', { cause: error })
    }
  }
}

function toCharge(answer: Answer): Omit<Charge, 'qrImage'> & { picture: Buffer | null } {
  const transId = textOf(answer, 'trans_id')
  const amount = amountOf(answer)
  if (!transId || transId.length > 100 || amount === null) throw new GatewayUnavailable('the answer lacks a charge')
  const now = Date.now()
  const expires = Date.parse(textOf(answer, 'expire_at') ?? '')
  const sensible = expires > now && expires < now + 24 * 3_600_000
  return {
    transId,
    amount,
    picture: pictureOf(textOf(answer, 'qr_image_base64')),
    expiresAt: new Date(sensible ? expires : now + QR_LIFE_MS),
  }
}

function toStatus(answer: Answer): 'completed' | 'pending' | 'failed' {
  const status = textOf(answer, 'payment_status')
  if (status === 'completed' || status === 'pending' || status === 'failed') return status
  throw new GatewayUnavailable('the answer has no status we know')
}

function readAnnouncement(signed: Buffer): Announcement {
  const data = membersOf(signed)
  const transId = textOf(data, 'trans_id')
  const amount = amountOf(data)
  if (!transId || transId.length > 100) throw new MalformedWebhook('there is no trans_id')
  const stated = (data.get('amount') ?? 'null') !== 'null'
  if (stated && (amount === null || amount === 0)) throw new MalformedWebhook('the amount is none')
  return {
    transId,
    ref1: textOf(data, 'ref1'),
    amount,
    status: textOf(data, 'payment_status')?.slice(0, 40) ?? 'unstated',
    signed,
  }
}

/** A member that is text, or a number as it is written. */
function textOf(members: Answer, name: string): string | null {
  const source = members.get(name)
  if (source === undefined || source === 'null') return null
  const value: unknown = JSON.parse(source)
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? source : null
}

/** Satang, from the text of decimal baht: `310.07` and `"310.07"` alike. */
function amountOf(members: Answer): number | null {
  const text = textOf(members, 'amount')
  return text === null ? null : parseBaht(text)
}

function pictureOf(base64: string | null): Buffer | null {
  if (base64 === null) return null
  const picture = Buffer.from(base64.replace(/^data:image\/\w+;base64,/, ''), 'base64')
  const isPng = picture.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))
  const isJpeg = picture.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))
  return isPng || isJpeg ? picture : null
}
