import type { GatewayAnswer } from '@pix/contracts/checks.ts'

/** A payment gateway as payments see it (spec/40). What knows one gateway's protocol lies in `money/payments/gateways/<name>`. */
export interface PaymentGateway {
  /** The name in rows, in settings and in the webhook's address. */
  readonly name: string
  /** The least amount of one charge, satang. */
  readonly least: number
  readonly most: number
  /**
   * Asks for a charge. Never repeat it with the same `ref1`: a call without an answer may have made one.
   *
   * @throws GatewayUnavailable
   */
  create(asked: AskedCharge): Promise<Charge>
  /** @throws GatewayUnavailable: then nothing is known, and nothing may be guessed */
  check(transId: string): Promise<'completed' | 'pending' | 'failed'>
  /** Asks about a charge that nobody made: does the gateway answer, and know our key? Never throws. */
  probe(): Promise<GatewayAnswer>
  /**
   * Null when the signature over the bytes as received does not hold. `irrelevant` is signed, and about no charge.
   *
   * @throws MalformedWebhook when the bytes are no announcement at all
   */
  verifyWebhook(received: ReceivedWebhook): Announcement | 'irrelevant' | null
  /** Reads again what was verified and stored. */
  readAnnouncement(signed: Buffer): Announcement
}

/**
 * The configured gateways by name, in the order of the setting PAYMENT_GATEWAYS: a new payment goes to the first that
 * takes its amount.
 */
export type PaymentGateways = ReadonlyMap<string, PaymentGateway>

/**
 * The gateway of a new payment; undefined where no gateway takes such an amount.
 *
 * @param amount satang
 * @param chosen by the studio that sells: it comes first, where it is configured and takes the amount
 */
export function gatewayFor(
  gateways: PaymentGateways,
  amount: number,
  chosen: string | null = null,
): PaymentGateway | undefined {
  const takesIt = ({ least, most }: PaymentGateway) => amount >= least && amount <= most
  const own = chosen === null ? undefined : gateways.get(chosen)
  return own && takesIt(own) ? own : [...gateways.values()].find(takesIt)
}

/** A webhook as it came; some gateways sign in the body, others in a header. */
export interface ReceivedWebhook {
  raw: Buffer
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface AskedCharge {
  /** Satang. */
  amount: number
  ref1: string
  /** When it is asked for. A gateway that names no end of the QR's life gets one from here. */
  at: Date
}

export interface Charge {
  transId: string
  /** Satang to transfer; may differ from what was asked by some satang. */
  amount: number
  /** PNG, JPEG or SVG. */
  qrImage: Buffer
  expiresAt: Date
}

export interface Announcement {
  transId: string
  ref1: string | null
  /** Satang; null means what the charge says. */
  amount: number | null
  status: string
  /** The bytes that were signed. */
  signed: Buffer
}

/** The gateway did not answer, or its answer makes no sense. The error holds nothing that was sent or received. */
export class GatewayUnavailable extends Error {
  /** The gateway answered that the call is wrong, which is no sign of an outage. */
  readonly refused: boolean
  /** The status of the answer, in the gateway's own form. */
  readonly status: number | undefined

  constructor(message: string, more: { cause?: unknown; refused?: boolean; status?: number | undefined } = {}) {
    super(message, { cause: more.cause })
    this.name = 'GatewayUnavailable'
    this.refused = more.refused ?? false
    this.status = more.status
  }
}

export class MalformedWebhook extends Error {}
