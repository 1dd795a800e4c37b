import { generate } from 'promptparse'
import { toBuffer, toString } from 'qrcode'
import type { Charge } from './charge.ts'

/** Nobody's: a bill payment to it is refused by every bank, should someone scan the demo with a real app. */
const BILLER = '000000000000000'

/** What the QR says: EMVCo, PromptPay bill payment (tag 30) with the amount and the shop's reference. */
export const promptPayPayload = ({ due, ref1 }: Pick<Charge, 'due' | 'ref1'>): string =>
  generate.billPayment({ billerId: BILLER, amount: due / 100, ref1 })

/** PNG of the QR. */
export const promptPayImage = (charge: Charge): Promise<Buffer> =>
  toBuffer(promptPayPayload(charge), { type: 'png', errorCorrectionLevel: 'M', margin: 2, width: 480 })

/** SVG of the QR. */
export const promptPayVector = (charge: Charge): Promise<string> =>
  toString(promptPayPayload(charge), { type: 'svg', errorCorrectionLevel: 'M', margin: 2, width: 480 })
