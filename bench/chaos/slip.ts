import { setTimeout as sleep } from 'node:timers/promises'
import type { Order } from '@pix/contracts/orders.ts'
import { getTransfer, sendSlip } from '@pix/contracts/transfers.ts'
import { generate } from 'promptparse'
import QRCode from 'qrcode'
import sharp from 'sharp'
import type { BankCharge } from './bank.ts'
import type { Errand } from './errand.ts'
import { insist, insistUnless, PATIENCE_MS } from './insist.ts'
import { newReference } from './statement.ts'

/** By how much a transfer of a wrong amount is short, in satang. */
const SHORT = 2_000
/** How long a gateway stays silent until staff have tried to take its money for a slip's. */
const SILENCE_MS = 30_000

/**
 * Transfers by hand as the fault says, and sends the slip.
 *
 * @param charge the QR that was asked for before; it stays unpaid, but for a gateway that is silent
 * @returns whether the bank has money for the order
 */
export async function payBySlip(errand: Errand, order: Order, charge: BankCharge): Promise<boolean> {
  const { fault, statement, bank } = errand
  const total = order.total.amount
  switch (fault.slip) {
    case 'true':
    case 'short':
      await send(errand, order, statement.deposit(order.number, total - (fault.slip === 'short' ? SHORT : 0)))
      return true
    case 'silent': {
      await bank.pay(charge.trans_id)
      const reference = statement.lookalike(total)
      await send(errand, order, reference)
      await until(() => statement.wasTried(reference), SILENCE_MS)
      await bank.faultsOf(charge.trans_id, { fail: 'none' })
      return true
    }
    case 'used':
      await send(errand, order, await someonesReference(errand))
      return false
    default:
      await send(errand, order, newReference())
      return false
  }
}

/** The reference of a transfer that was taken in for somebody else's order. */
async function someonesReference({ statement }: Errand): Promise<string> {
  const taken = () => statement.deposits().find(({ isTaken }) => isTaken)?.reference
  await until(() => taken() !== undefined, PATIENCE_MS)
  const reference = taken()
  if (reference === undefined) throw new Error('nobody had a slip taken in')
  return reference
}

/** Waits until staff have refused every slip of an order. @returns whether they have */
export async function slipsRefused({ person }: Errand, orderId: string): Promise<boolean> {
  const refused = async () => {
    const { slips } = await insist(() => person.call(getTransfer, { params: { id: orderId } }))
    return slips.every(({ state }) => state === 'not_arrived')
  }
  return until(refused, PATIENCE_MS)
}

async function send({ person }: Errand, { id }: Order, reference: string): Promise<void> {
  const form = { slip: new File([new Uint8Array(await draw(reference))], 'slip.jpg', { type: 'image/jpeg' }) }
  await insistUnless(['order_already_paid', 'too_many_slips'], () => person.call(sendSlip, { params: { id }, form }))
}

/** A slip as a bank's app draws it: no two pictures are the same. */
async function draw(transRef: string): Promise<Buffer> {
  const qr = await QRCode.toBuffer(generate.slipVerify({ sendingBank: '014', transRef }), { width: 260, margin: 2 })
  const [r, g, b] = Array.from({ length: 3 }, () => 200 + Math.floor(Math.random() * 55))
  const create = { width: 540, height: 960, channels: 3 as const, background: { r: r!, g: g!, b: b! } }
  return sharp({ create })
    .composite([{ input: qr, left: 240, top: 660 }])
    .jpeg()
    .toBuffer()
}

async function until(isSo: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs
  while (!(await isSo())) {
    if (performance.now() > deadline) return false
    await sleep(1_000)
  }
  return true
}
