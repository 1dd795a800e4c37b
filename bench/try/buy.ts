import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { addToCart } from '@pix/contracts/cart.ts'
import { getDownloads, placeOrder, type Downloads, type Order } from '@pix/contracts/orders.ts'
import { createPayment, paymentStatus } from '@pix/contracts/payments.ts'
import yauzl from 'yauzl'
import type { Visitor } from './visitor.ts'

const DEADLINE_MS = 120_000

export interface Purchase {
  order: Order
  downloads: Downloads
  payToFulfilledMs: number
  zipMs: number
}

/** Photos of one event: cart → order → QR → the bank pays → the webhook turns the page → ZIP on disk at `zipPath`. */
export async function buy(visitor: Visitor, photoIds: string[], simUrl: string, zipPath: string): Promise<Purchase> {
  const { items } = await visitor.call(addToCart, { body: { photoIds } })
  const cart = items[0]!
  if (!cart.events.some(part => part.quote)) throw new Error('the cart has no price')
  const order = await visitor.call(
    placeOrder,
    { body: { email: 'try@demo.thepixstock.test', locale: 'en', expectedTotal: cart.total } },
    { idempotencyKey: randomUUID() },
  )
  const payment = await visitor.call(createPayment, { body: { orderId: order.id } }, { idempotencyKey: randomUUID() })

  const paidAt = performance.now()
  await payAtSimulator(simUrl, order.number, payment.amount.amount)
  for await (const state of visitor.follow(paymentStatus, { params: { id: payment.id } })) {
    if (state.orderStatus === 'fulfilled') break
    if (performance.now() - paidAt > DEADLINE_MS) throw new Error('the payment was not noticed in two minutes')
  }
  const payToFulfilledMs = performance.now() - paidAt

  let downloads: Downloads | undefined
  for await (const state of visitor.follow(getDownloads, { params: { id: order.id } })) {
    downloads = state
    if (state.events.every(({ archive }) => archive.state === 'ready' || archive.state === 'failed')) break
  }
  const archive = downloads?.events[0]?.archive
  if (!downloads || !archive?.url) throw new Error(`the ZIP is ${archive?.state ?? 'not there'}`)
  await download(visitor, archive.url, zipPath)
  return { order, downloads, payToFulfilledMs, zipMs: performance.now() - paidAt - payToFulfilledMs }
}

interface SimCharge {
  trans_id: string
  ref1: string
  amount: string
}

/** Plays the customer's bank app: finds the charge by our reference and pays it. */
export async function payAtSimulator(simUrl: string, orderNumber: string, satang: number): Promise<void> {
  const reference = orderNumber.replace(/^PX-\d\d(\d\d)-/, 'PX$1')
  const { items } = (await (await fetch(`${simUrl}/charges`)).json()) as { items: SimCharge[] }
  const charge = items.find(
    item => item.ref1.startsWith(`${reference}A`) && Math.round(Number(item.amount) * 100) === satang,
  )
  if (!charge)
    throw new Error(
      `the PayNoi simulator at ${simUrl} has no charge for ${orderNumber}: is it the one this shop pays at? --sim-url names another`,
    )
  const answer = await fetch(`${simUrl}/charges/${charge.trans_id}/pay`, { method: 'POST' })
  if (!answer.ok) throw new Error(`the PayNoi simulator at ${simUrl} refused the payment: ${answer.status}`)
}

async function download(visitor: Visitor, url: string, path: string): Promise<void> {
  const response = await visitor.get(url)
  if (!response.ok || !response.body) throw new Error(`the download answered ${response.status}`)
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(path))
}

/** SHA-256 (hex) of every entry of a ZIP, by entry name. */
export async function hashZip(path: string): Promise<Map<string, string>> {
  const zip = await new Promise<yauzl.ZipFile>((resolve, reject) =>
    yauzl.open(path, { lazyEntries: true }, (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  const hashes = new Map<string, string>()
  return new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', () => resolve(hashes))
    zip.on('entry', (entry: yauzl.Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error)
        const hash = createHash('sha256')
        stream.on('error', reject)
        stream.on('data', chunk => hash.update(chunk as Buffer))
        stream.on('end', () => {
          hashes.set(entry.fileName, hash.digest('hex'))
          zip.readEntry()
        })
      })
    })
    zip.readEntry()
  })
}
