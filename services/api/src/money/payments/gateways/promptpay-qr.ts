import { generate } from 'promptparse'
import { toBuffer } from 'qrcode'

export interface QrInput {
  /** PromptPay id of the receiving account: mobile number, national or tax id, e-wallet or biller. */
  account: string
  /** Satang. */
  amount: number
  ref1: string
}

/**
 * The EMVCo PromptPay QR (tag 29, for a biller tag 30) that is shown when the gateway sent no picture. A bare tag 29
 * cannot be tied to an order by the bank; the gateway's own check still decides.
 *
 * @returns null when the account is no PromptPay id
 */
export function promptPayPayload({ account, amount, ref1 }: QrInput): string | null {
  const digits = account.replaceAll(/[\s-]/g, '')
  const baht = amount / 100
  if (/^0\d{9}$/.test(digits)) return generate.anyId({ type: 'MSISDN', target: digits, amount: baht })
  if (/^\d{13}$/.test(digits)) return generate.anyId({ type: 'NATID', target: digits, amount: baht })
  if (/^\d{15}$/.test(digits)) return generate.billPayment({ billerId: digits, ref1, amount: baht })
  return null
}

/** PNG of {@link promptPayPayload}. */
export async function drawPromptPayQr(input: QrInput): Promise<Buffer | null> {
  const payload = promptPayPayload(input)
  return payload === null ? null : toBuffer(payload, { type: 'png', errorCorrectionLevel: 'M', margin: 2, width: 480 })
}
