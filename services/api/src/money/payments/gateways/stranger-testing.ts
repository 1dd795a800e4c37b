import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Announcement,
  GatewayUnavailable,
  MalformedWebhook,
  type PaymentGateway,
} from '../../../base/payment-gateway.ts'
import { drawPromptPayQr } from './promptpay-qr.ts'

const SECRET = 'the-strangers-own-secret'
const HEADER = 'x-stranger-signature'

interface Charge {
  id: string
  reference: string
  /** Satang. */
  amount: number
  state: 'open' | 'paid'
}

const sign = (body: string | Buffer) => createHmac('sha256', SECRET).update(body).digest('base64')

/**
 * A second bank that is nothing like PayNoi: it speaks REST, counts satang and signs the whole body in a header. Spoken
 * to over HTTP; `gateway` is the shop's side of its protocol.
 */
export async function startStranger(name = 'stranger') {
  const charges = new Map<string, Charge>()
  let nextId: string | null = null
  const server = createServer(async (request, response) => {
    const answer = (body: object | undefined) =>
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}))
    if (request.method === 'GET') return answer(charges.get(request.url!.split('/').at(-1)!))
    const { reference, amount } = JSON.parse(await textOf(request)) as Pick<Charge, 'reference' | 'amount'>
    const charge: Charge = { id: nextId ?? randomUUID(), reference, amount, state: 'open' }
    nextId = null
    charges.set(charge.id, charge)
    answer(charge)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/charges`

  return {
    gateway: gatewayAt(name, url),
    /** What the next charge will be called. */
    callNext: (id: string) => void (nextId = id),
    /** Takes the money of a charge, of one that nobody asked for too; says nothing. */
    takeMoney: (id: string, amount: number) =>
      void charges.set(id, { reference: 'NONE', ...charges.get(id), id, amount, state: 'paid' }),
    /** Announces a charge at an address of a shop. */
    announce: (address: string, says: object, more: { signature?: string } = {}) => {
      const body = JSON.stringify(says)
      return fetch(address, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', [HEADER]: more.signature ?? sign(body) },
      })
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
export type Stranger = Awaited<ReturnType<typeof startStranger>>

function gatewayAt(name: string, url: string): PaymentGateway {
  const call = async (path: string, body?: object): Promise<Charge> => {
    const response = await fetch(url + path, body ? { method: 'POST', body: JSON.stringify(body) } : {})
    if (!response.ok) throw new GatewayUnavailable(`status ${response.status}`, { refused: true })
    return (await response.json()) as Charge
  }
  return {
    name,
    least: 1,
    most: 100_000_000,
    create: async ({ amount, ref1, at }) => {
      const charge = await call('', { reference: ref1, amount })
      const qrImage = await drawPromptPayQr({ account: '0899999999', amount: charge.amount, ref1 })
      return {
        transId: charge.id,
        amount: charge.amount,
        qrImage: qrImage!,
        expiresAt: new Date(at.getTime() + 900_000),
      }
    },
    probe: () =>
      call('/none').then(
        () => 'answers' as const,
        error => (error instanceof GatewayUnavailable ? ('answers' as const) : ('away' as const)),
      ),
    check: async transId => ((await call(`/${transId}`)).state === 'paid' ? 'completed' : 'pending'),
    verifyWebhook: ({ raw, headers }) => {
      const [given, expected] = [Buffer.from(String(headers[HEADER])), Buffer.from(sign(raw))]
      return given.length === expected.length && timingSafeEqual(given, expected) ? readAnnouncement(raw) : null
    },
    readAnnouncement,
  }
}

function readAnnouncement(signed: Buffer): Announcement {
  const { id, reference, amount, state } = JSON.parse(signed.toString()) as Partial<Charge>
  if (typeof id !== 'string') throw new MalformedWebhook('there is no id')
  return { transId: id, ref1: reference ?? null, amount: amount ?? null, status: state ?? 'unstated', signed }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
