import { PassThrough } from 'node:stream'
import type { Live, Topic } from '@pix/platform/live.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const OPEN = 'openStreams'
const HEARTBEAT_MS = 15_000
/** Hints may be lost with Redis: the row is read again this often. */
const REREAD_MS = 3_000
/** The subscription takes a moment to stand; what changes meanwhile is seen this soon. */
const SETTLED_MS = 150
/** What a client waits before it comes back after our shutdown. */
const RETRY_MS = 1_000

/** Lets the server end its open streams when it stops, with a hint to come back. */
export function endStreamsOnClose(app: FastifyInstance): void {
  const open = new Set<() => void>()
  app.decorate(OPEN, open)
  app.addHook('preClose', async () => {
    for (const end of open) end()
  })
}

export interface Following<T> {
  live: Live
  topic: Topic
  /** Reads the present state from PostgreSQL. */
  read: () => Promise<T>
  /** A state after which nothing changes: the stream ends. */
  done: (state: T) => boolean
}

/**
 * Answers a contract with `stream`: the state as JSON, or, to `Accept: text/event-stream`, the state now and after every
 * change (spec/10). A refusal of the first read is an ordinary problem; one later ends the stream.
 */
export async function streamState<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  following: Following<T>,
): Promise<FastifyReply> {
  const first = await following.read()
  if (!/\btext\/event-stream\b/.test(request.headers.accept ?? '')) return reply.send(first)

  const serialize = (state: T): string => reply.code(200).serialize(state as never) as string
  const body = new PassThrough()
  follow(request, body, first, following, serialize)
  return reply
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .type('text/event-stream; charset=utf-8')
    .send(body)
}

function follow<T>(
  request: FastifyRequest,
  body: PassThrough,
  first: T,
  { live, topic, read, done }: Following<T>,
  serialize: (state: T) => string,
): void {
  const open = request.server.getDecorator<Set<() => void>>(OPEN)
  let last = ''
  let reading: Promise<void> | null = null
  let again = false

  const tell = (state: T) => {
    if (body.writableEnded || body.destroyed) return
    const data = serialize(state)
    if (data !== last) body.write(`data: ${data}\n\n`)
    last = data
    if (done(state)) body.end()
  }
  /** One read at a time; hints that come meanwhile cause one more. */
  const look = () => {
    again = true
    reading ??= (async () => {
      while (again && !body.writableEnded && !body.destroyed) {
        again = false
        tell(await read())
      }
    })()
      .catch((error: unknown) => {
        request.log.info({ err: error }, 'a stream ended')
        body.end()
      })
      .finally(() => (reading = null))
  }
  const heartbeat = setInterval(() => body.writableEnded || body.write(': \n\n'), HEARTBEAT_MS)
  const settled = setTimeout(look, SETTLED_MS)
  const reread = setInterval(look, REREAD_MS)
  const unsubscribe = live.subscribe(topic, look)
  const endForShutdown = () => void body.end(`retry: ${RETRY_MS}\n\n`)
  open.add(endForShutdown)
  const cleanUp = () => {
    clearInterval(heartbeat)
    clearInterval(reread)
    clearTimeout(settled)
    unsubscribe()
    open.delete(endForShutdown)
  }
  body.once('close', cleanUp).once('finish', cleanUp)
  tell(first)
}
