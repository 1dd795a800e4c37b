import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { PROBLEMS, type ProblemCode } from '@pix/contracts/problem-codes.ts'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../base/problem.ts'
import type { Settings } from '../settings.ts'
import { hasBody } from './unread-bodies.ts'

const TICK_MS = 500

/** Options of Node's server: how long headers may take, and how often that is looked at. */
export const headersWithin = ({ HEADERS_SECONDS }: Settings) => ({
  headersTimeout: HEADERS_SECONDS * 1_000,
  connectionsCheckingInterval: Math.min(5_000, HEADERS_SECONDS * 500),
})

/**
 * Ends a request whose body comes slower than the least rate for longer than the patience, with 408. Time in which its
 * bytes wait for us (a storage or a search that goes first) is not the sender's.
 */
export function endSlowBodies(app: FastifyInstance, { BODY_LEAST_RATE, BODY_PATIENCE_SECONDS }: Settings): void {
  app.addHook('onRequest', async ({ raw }) => {
    if (!hasBody(raw) || !raw.socket) return
    let before = raw.socket.bytesRead
    let behind = 0
    const timer = setInterval(() => {
      const came = raw.socket.bytesRead - before
      before += came
      if (raw.readableLength > 0) return
      behind = behindAfter(behind, TICK_MS, came, BODY_LEAST_RATE)
      if (behind <= BODY_PATIENCE_SECONDS * 1_000) return
      clearInterval(timer)
      // The body's reader fails with this. Destroying the request would end the connection, and with it the answer.
      raw.emit('error', new Problem('request_too_slow'))
    }, TICK_MS)
    const stop = () => clearInterval(timer)
    raw.on('end', stop).on('close', stop).on('error', stop)
  })
}

/**
 * How far a sender is behind the least rate after one more span. Bytes that came early are no credit for later.
 *
 * @param behindMs milliseconds that the sender was behind before
 * @param rate bytes a second
 */
export const behindAfter = (behindMs: number, spanMs: number, bytes: number, rate: number): number =>
  Math.max(0, behindMs + spanMs - (bytes / rate) * 1_000)

/** Node's words for a request whose headers did not come in time or were too long. */
const CODES: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_too_slow',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
}

/** Answers what never became a request, as RFC 9457. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const code = CODES[error.code ?? ''] ?? 'malformed_request'
  const [status, title] = PROBLEMS[code]
  const body = JSON.stringify({ type: `/api/docs#problem-${code}`, title, status, code })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
  )
}
