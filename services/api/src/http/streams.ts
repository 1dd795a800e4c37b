import { createHash } from 'node:crypto'
import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import { type Followed, FollowedTopics } from './followed-topics.ts'
import { networkOf } from './network-of.ts'
import { identityOf } from './rate-limit.ts'

const OPEN = 'openStreams'
const HEARTBEAT_S = 15
/** What a client waits before it comes back after our shutdown. */
const RETRY_MS = 1_000

/** The streams that are open, and how many of them each visitor and each address has. */
interface OpenStreams {
  topics: FollowedTopics
  streams: Set<OpenStream>
  counts: Map<string, number>
  perVisitor: number
  perIp: number
}

interface OpenStream {
  /** Streams are spread over the seconds of a heartbeat. */
  second: number
  beat(): void
  endForShutdown(): void
}

/**
 * Allows streams, a number of them for each visitor and each address. When the server stops, each stream ends with the
 * time after which its client may come back.
 */
export function allowStreams(app: FastifyInstance, { settings, live, log }: Deps): void {
  const { LIMIT_OPEN_STREAMS: perVisitor, LIMIT_IP_OPEN_STREAMS: perIp, STREAM_ROUND_SECONDS } = settings
  const topics = new FollowedTopics(live, log, STREAM_ROUND_SECONDS * 1_000)
  const open: OpenStreams = { topics, streams: new Set(), counts: new Map(), perVisitor, perIp }
  app.decorate(OPEN, open)
  let second = 0
  const heart = setInterval(() => {
    second = (second + 1) % HEARTBEAT_S
    for (const stream of open.streams) if (stream.second === second) stream.beat()
  }, 1_000)
  app.addHook('preClose', async () => {
    clearInterval(heart)
    topics.stop()
    for (const stream of open.streams) stream.endForShutdown()
  })
  app.addHook('onClose', async () => {
    clearInterval(heart)
    topics.stop()
  })
}

/** How many streams are open, and how many topics they follow. */
export function countStreams(app: FastifyInstance): { streams: number; topics: number } {
  const { streams, topics } = app.getDecorator<OpenStreams>(OPEN)
  return { streams: streams.size, topics: topics.size }
}

/** What a client waits that has too many streams open: one of them may end meanwhile. */
const FULL_RETRY_SECONDS = 5

/**
 * Counts a stream that begins.
 * @returns counts it out again
 * @throws Problem `rate_limited`
 */
function enter({ counts, perVisitor, perIp }: OpenStreams, request: FastifyRequest): () => void {
  const address = `ip ${networkOf(request)}`
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

export interface Following<T> extends Followed<T> {
  /** A state after which nothing changes: the stream ends. */
  done: (state: T) => boolean
  /** A large part of the state, left out of a stream's events while it is as this stream sent it last. */
  once?: keyof T & string
}

/**
 * Answers a contract with `stream`: the state as JSON, or, to a GET with `Accept: text/event-stream`, the state now and
 * after every change (spec/10). A refusal of the first read is an ordinary problem; one later ends the stream.
 */
export async function streamState<T extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  following: Following<T>,
): Promise<FastifyReply> {
  const wantsStream = request.method === 'GET' && /\btext\/event-stream\b/.test(request.headers.accept ?? '')
  if (!wantsStream) return reply.send(await following.read())

  const open = request.server.getDecorator<OpenStreams>(OPEN)
  const ends = [enter(open, request)]
  const cleanUp = () => {
    for (const end of ends.splice(0)) end()
  }
  // The cleaning up follows the connection's end, since a body that nobody reads never ends.
  reply.raw.once('close', cleanUp)
  try {
    const serialize = (state: T): string => reply.code(200).serialize(state as never) as string
    const unread = () => stream.body.readableLength + reply.raw.writableLength
    const stream: StateStream<T> = new StateStream(following, serialize, open.streams.size % HEARTBEAT_S, unread)
    ends.push(() => stream.body.destroy())
    const fail = (error: unknown) => {
      request.log.info({ err: error }, 'a stream ended')
      stream.body.end()
    }
    ends.push(await open.topics.follow(following, { publish: state => stream.send(state), fail }))
    stream.begin(await following.read())
    open.streams.add(stream)
    ends.push(() => open.streams.delete(stream))
    if (reply.raw.destroyed) {
      cleanUp()
      return reply.hijack()
    }
    return reply
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .type('text/event-stream; charset=utf-8')
      .send(stream.body)
  } catch (error) {
    cleanUp()
    throw error
  }
}

/** Writes states as events, each once. */
class StateStream<T extends object> implements OpenStream {
  readonly body = new PassThrough()
  readonly second: number
  readonly #following: Following<T>
  readonly #serialize: (state: T) => string
  readonly #unread: () => number
  #hasBegun = false
  /** Unread at the last beat. */
  #behind = 0
  /** What the topic published before the first state was there. */
  #early: T | undefined
  /** Digests of what was sent last. */
  #last = ''
  #lastPart = ''

  /** @param unread bytes that the connection has not taken yet */
  constructor(following: Following<T>, serialize: (state: T) => string, second: number, unread: () => number) {
    this.#following = following
    this.#serialize = serialize
    this.second = second
    this.#unread = unread
  }

  begin(first: T): void {
    this.#hasBegun = true
    this.send(first)
    if (this.#early) this.send(this.#early)
    this.#early = undefined
  }

  send(state: T): void {
    if (!this.#hasBegun) {
      this.#early = state
      return
    }
    if (this.body.writableEnded || this.body.destroyed) return
    const { once, done } = this.#following
    const bare = once === undefined ? state : { ...state, [once]: undefined }
    const part = once === undefined ? '' : digest(JSON.stringify(state[once]) ?? '')
    const data = this.#serialize(bare)
    if (part !== this.#lastPart) this.body.write(`data: ${this.#serialize(state)}\n\n`)
    else if (digest(data) !== this.#last) this.body.write(`data: ${data}\n\n`)
    this.#last = digest(data)
    this.#lastPart = part
    if (done(state)) this.body.end()
  }

  /** A client that took nothing since the last beat is not there any more. */
  beat(): void {
    const unread = this.#unread()
    if (unread > 0 && this.#behind > 0 && unread >= this.#behind) this.body.destroy()
    else if (unread === 0 && !this.body.writableEnded) this.body.write(': \n\n')
    this.#behind = unread
  }

  endForShutdown(): void {
    this.body.end(`retry: ${RETRY_MS}\n\n`)
  }
}

const digest = (text: string): string => createHash('sha1').update(text).digest('base64')
