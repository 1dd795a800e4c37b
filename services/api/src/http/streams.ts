import { PassThrough } from 'node:stream'
import type { Live, Topic } from '@pix/platform/live.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../problem.ts'
import type { Settings } from '../settings.ts'
import { identityOf } from './rate-limit.ts'

const OPEN = 'openStreams'
const HEARTBEAT_MS = 15_000
/** Hints may be lost with Redis: the row is read again this often. */
const REREAD_MS = 3_000
/** The subscription takes a moment to stand; what changes meanwhile is seen this soon. */
const SETTLED_MS = 150
/** What a client waits before it comes back after our shutdown. */
const RETRY_MS = 1_000

/** The streams that are open, and how many of them each visitor and each address has. */
interface OpenStreams {
  ends: Set<() => void>
  counts: Map<string, number>
  perVisitor: number
  perIp: number
}

/** Lets streams be opened, so many for each visitor and address; when the server stops they end with a hint to come back. */
export function allowStreams(app: FastifyInstance, settings: Settings): void {
  const { LIMIT_OPEN_STREAMS: perVisitor, LIMIT_IP_OPEN_STREAMS: perIp } = settings
  const open: OpenStreams = { ends: new Set(), counts: new Map(), perVisitor, perIp }
  app.decorate(OPEN, open)
  app.addHook('preClose', async () => {
    for (const end of open.ends) end()
  })
}

/** What a client waits that has too many streams open: one of them may end meanwhile. */
const FULL_RETRY_SECONDS = 5

/**
 * Counts a stream that begins.
 * @returns counts it out again
 * @throws Problem `rate_limited`
 */
function enter({ counts, perVisitor, perIp }: OpenStreams, request: FastifyRequest): () => void {
  const address = `ip ${request.ip}`
  const visitor = identityOf(request) ?? address
  const isFull = (key: string, most: number) => (counts.get(key) ?? 0) >= most
  if (isFull(visitor, perVisitor) || isFull(address, perIp)) {
    throw new Problem('rate_limited', { retryAfterSeconds: FULL_RETRY_SECONDS })
  }
  const keys = new Set([visitor, address])
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return () => {
    for (const key of keys) {
      const left = (counts.get(key) ?? 0) - 1
      if (left > 0) counts.set(key, left)
      else counts.delete(key)
    }
  }
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

  const open = request.server.getDecorator<OpenStreams>(OPEN)
  const leave = enter(open, request)
  const serialize = (state: T): string => reply.code(200).serialize(state as never) as string
  const body = new PassThrough().once('close', leave)
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
  const { ends } = request.server.getDecorator<OpenStreams>(OPEN)
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
  ends.add(endForShutdown)
  const cleanUp = () => {
    clearInterval(heartbeat)
    clearInterval(reread)
    clearTimeout(settled)
    unsubscribe()
    ends.delete(endForShutdown)
  }
  body.once('close', cleanUp).once('finish', cleanUp)
  tell(first)
}
