import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** How long an answer waits for the rest of its request's body. */
const PATIENCE_MS = 800

/**
 * A refusal is often ready before its request has come in whole. Many clients and proxies read nothing while they
 * write, and some never write on after an answer. So the rest is thrown away first; where it takes too long, the answer
 * goes out and the connection ends with it.
 */
export function answerBeforeBodiesEnd(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    const { raw } = request
    if (!hasBody(raw) || raw.readableEnded || raw.destroyed) return
    raw.unpipe()
    await thrownAway(raw)
    if (raw.readableEnded) return
    reply.header('connection', 'close')
    linger(raw.socket)
  })
}

/** How long a connection is still read after its last answer. */
const LINGER_MS = 2_000

/**
 * A socket that is closed with bytes unread is reset, and a reset can overtake the answer. So only our side is closed,
 * and what comes is thrown away until the other side closes, too (what nginx calls lingering_close).
 */
function linger(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end()
    const timer = setTimeout(() => socket.destroy(), LINGER_MS)
    socket.once('close', () => clearTimeout(timer))
  }
}

export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

/** Resolves when the body ends, when its connection does, or when the patience is over. */
function thrownAway(raw: IncomingMessage): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      raw.off('end', done).off('close', done)
      resolve()
    }
    const timer = setTimeout(done, PATIENCE_MS)
    raw.on('end', done).on('close', done)
    raw.removeAllListeners('readable')
    raw.resume()
  })
}
