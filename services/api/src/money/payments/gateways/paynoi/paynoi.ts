import type { GatewayAnswer } from '@pix/contracts/checks.ts'
import { formatBaht, parseBaht } from '@pix/domain/money.ts'
import {
  type Announcement,
  type Charge,
  GatewayUnavailable,
  MalformedWebhook,
  type PaymentGateway,
} from '../../../../base/payment-gateway.ts'
import type { GatewaySettings } from '../../../../gateway-settings.ts'
import { GATEWAY_TIMES, gatewayCalls } from '../call-gateway.ts'
import { drawPromptPayQr } from '../promptpay-qr.ts'
import { membersOf, verifySignature } from './signature.ts'

/**
 * Everything we know of PayNoi's protocol, and all that knows it (spec/40 "Gateway calls"). Only the two calls are
 * documented in public; what the vendor's paper corrects is corrected here.
 */
const QR_LIFE_MS = 15 * 60_000
/** A transfer by PromptPay QR, satang. */
const LEAST = 100
const MOST = 70_000_000
/** The way to pay, by PayNoi's number for it. */
const PROMPTPAY = '1'
/** The reference of a charge that does not exist: ours have another form. */
const NO_CHARGE = 'THEPIXSTOCK-CHECK'

export function createPayNoi(settings: GatewaySettings<'paynoi'>, times = GATEWAY_TIMES): PaymentGateway {
  const { PAYNOI_API_KEY: api_key, PAYNOI_KEY_ID: key_id, PAYNOI_ACCOUNT: account } = settings
  const secret = settings.PAYNOI_WEBHOOK_SECRET ?? api_key
  const send = gatewayCalls(times, membersOf)
  const call = (body: Call): Promise<Answer> => send({ url: settings.PAYNOI_URL, body })
  return {
    name: 'paynoi',
    least: LEAST,
    most: MOST,
    create: async ({ amount, ref1, at }) => {
      const asked = { method: 'create', api_key, amount: asNumber(amount), ref1, key_id, account, type: PROMPTPAY }
      const { picture, ...charge } = toCharge(await call(asked), at)
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

/**
 * Reads why a call that asked about no charge failed: PayNoi itself refuses in JSON, and anything else that answers
 * does not.
 */
function answerOf(error: unknown): GatewayAnswer {
  const status = error instanceof GatewayUnavailable ? error.status : undefined
  if (status === undefined || status >= 500) return 'away'
  return status === 401 || status === 403 ? 'key_refused' : 'answers'
}

type Answer = Map<string, string>
type Call = Record<string, string | number>

/** Baht as a JSON number. Up to 15 digits are written as they are read, so none of ours is changed by that. */
const asNumber = (satang: number): number => Number(formatBaht(satang))

function toCharge(answer: Answer, at: Date): Omit<Charge, 'qrImage'> & { picture: Buffer | null } {
  const transId = textOf(answer, 'trans_id')
  const amount = amountOf(answer)
  if (!transId || transId.length > 100 || amount === null) throw new GatewayUnavailable('the answer lacks a charge')
  const now = at.getTime()
  const expires = momentOf(textOf(answer, 'expire_at') ?? '')
  const sensible = expires > now && expires < now + 24 * 3_600_000
  return {
    transId,
    amount,
    picture: pictureOf(textOf(answer, 'qr_image_base64')),
    expiresAt: new Date(sensible ? expires : now + QR_LIFE_MS),
  }
}

/** A time that names no zone is Bangkok's, where the gateway is: as the server's it would be hours away. NaN for no time. */
const momentOf = (text: string): number =>
  Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text.replace(' ', 'T')}+07:00`)

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
