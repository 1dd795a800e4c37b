import { createServer } from 'node:https'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const LONGEST = 5_000

/** What LINE takes as a push of text: https://developers.line.biz/en/reference/messaging-api/#send-push-message */
const Push = z.object({
  to: z.string().regex(/^[UCR][0-9a-f]{32}$/),
  messages: z
    .array(z.object({ type: z.literal('text'), text: z.string().min(1).max(LONGEST) }))
    .min(1)
    .max(5),
  notificationDisabled: z.boolean().optional(),
})

export interface Delivered {
  to: string
  text: string
  quiet: boolean
  retryKey: string
}

/** LINE as a stranger runs it: push messages, once for each retry key. */
export interface Line {
  port: number
  delivered: Delivered[]
  /** Pushes that were not delivered because their retry key had been taken before. */
  again: number
  /** While it is away each push is answered with 500. */
  away: boolean
  /** Pushes that came meanwhile. */
  refused: number
  stop(): Promise<void>
}

interface Wanted {
  host: string
  port: number
  token: string
  key: Buffer
  cert: Buffer
}

export async function startLine({ host, port, token, ...tls }: Wanted): Promise<Line> {
  const accepted = new Map<string, string>()
  const line: Omit<Line, 'port' | 'stop'> = { delivered: [], again: 0, away: false, refused: 0 }

  /** @returns the status and the body of the answer */
  function answer(retryKey: string, body: string): [number, object] {
    if (line.away) {
      line.refused += 1
      return [500, { message: 'The server encountered an unexpected condition' }]
    }
    if (!UUID.test(retryKey)) return [400, { message: 'The retry key is not a UUID' }]
    const before = accepted.get(retryKey)
    if (before) {
      line.again += 1
      return [409, { message: 'The retry key is already accepted', sentMessages: [{ id: before }] }]
    }
    const push = Push.safeParse(JSON.parse(body))
    if (!push.success) return [400, { message: 'The request body has 1 error(s)', details: push.error.issues }]
    const id = String(460_000_000_000_000_000n + BigInt(accepted.size))
    accepted.set(retryKey, id)
    const { to, messages, notificationDisabled } = push.data
    for (const { text } of messages) line.delivered.push({ to, text, quiet: notificationDisabled ?? false, retryKey })
    return [200, { sentMessages: [{ id, quoteToken: `q-${id}` }] }]
  }

  const server = createServer(tls, (request, response) => {
    const reply = (status: number, body: object) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'x-line-request-id': crypto.randomUUID() })
        .end(JSON.stringify(body))
    if (request.method !== 'POST' || request.url !== '/v2/bot/message/push') return reply(404, { message: 'Not found' })
    if (request.headers.authorization !== `Bearer ${token}`)
      return reply(401, { message: 'Authentication failed. Confirm that the access token in the header is valid.' })
    text(request).then(
      body => reply(...answer(String(request.headers['x-line-retry-key'] ?? ''), body)),
      () => response.destroy(),
    )
  })
  await new Promise<void>(done => server.listen(port, host, done))
  const address = server.address()
  return Object.assign(line, {
    port: typeof address === 'object' && address ? address.port : port,
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>(done => server.close(() => done()))
    },
  })
}
