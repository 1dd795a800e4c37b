import type { FastifyReply, FastifyRequest } from 'fastify'
import { Agent, type IncomingMessage, request as send } from 'node:http'
import { withoutConnection } from './pass-to-api.ts'

/** A page that the api fills may take so long; then the plain one goes out, and its application asks by itself. */
const LIMIT_MS = 3_000
/** What the page depends on, and who asks. */
const PASSED = ['accept-encoding', 'accept-language', 'if-none-match', 'cookie', 'user-agent', 'host'] as const

/**
 * Answers with the page as the api fills it.
 *
 * @returns false where the api has none to give: it is away, slow, or refuses
 */
export function openFilledPages(api: string): (request: FastifyRequest, reply: FastifyReply) => Promise<boolean> {
  const agent = new Agent({ keepAlive: true })
  return async (request, reply) => {
    const answer = await ask(api, agent, request)
    if (!answer) return false
    reply
      .code(answer.statusCode ?? 200)
      .headers(withoutConnection(answer.headers))
      .send(answer)
    return true
  }
}

function ask(api: string, agent: Agent, request: FastifyRequest): Promise<IncomingMessage | null> {
  const headers: Record<string, string> = {
    'x-forwarded-for': request.socket.remoteAddress ?? '',
    'x-forwarded-proto': 'http',
  }
  for (const name of PASSED) {
    const value = request.headers[name]
    if (typeof value === 'string') headers[name] = value
  }
  return new Promise(resolve => {
    const asked = send(api + request.url, { agent, headers, method: request.method, timeout: LIMIT_MS })
    asked.on('timeout', () => asked.destroy(new Error('slow')))
    asked.on('error', () => resolve(null))
    asked.on('response', answer => {
      if (isPage(answer)) return resolve(answer)
      answer.resume()
      resolve(null)
    })
    asked.end()
  })
}

/** Found, not found or moved to another host; a problem in JSON is none. */
function isPage({ statusCode, headers }: IncomingMessage): boolean {
  if (statusCode === 304 || statusCode === 308) return true
  return (statusCode === 200 || statusCode === 404) && (headers['content-type'] ?? '').startsWith('text/html')
}
