import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:https'
import { CA } from './authority.ts'
import { EDGE, ORIGIN } from './places.ts'

/** How many requests a second are asked for; what is answered is counted. */
export const WANTED_PER_SECOND = 200
const SESSIONS_PER_ADDRESS = 8
/** A session asks 86 times a minute at most; it may 100 times. */
const PAUSE_MS = 700
const PATIENCE_MS = 30_000
/** What a visitor reads. */
const PATHS = ['/', '/api/events', '/cart', '/api/events?limit=5']

export interface LoadFigures {
  sent: number
  /** What was not answered by 2xx: refused, cut off, too many (429), too late. */
  failed: number
  perSecond: number
  slowestMs: number
  /** How the failed ones ended, each once. */
  reasons: string[]
}

interface Session {
  agent: Agent
  cookie: string
  /** When it may ask again, ms of `performance.now()`. */
  nextAt: number
}

/**
 * Visitors at so many addresses, 200 requests a second between them, until it is stopped. Nobody asks again before the last
 * answer has come. A shop that cannot keep up therefore lowers the rate, and the figures show it.
 *
 * @returns stops it, and says how it went
 */
export function startLoad(addresses: readonly string[]): () => Promise<LoadFigures> {
  const free = addresses.flatMap(address => Array.from({ length: SESSIONS_PER_ADDRESS }, () => openSession(address)))
  const sessions = [...free]
  const figures: LoadFigures = { sent: 0, failed: 0, perSecond: 0, slowestMs: 0, reasons: [] }
  const open = new Set<Promise<void>>()
  const began = performance.now()
  let due = 0
  let last = began
  const timer = setInterval(() => {
    const now = performance.now()
    due = Math.min(due + ((now - last) / 1_000) * WANTED_PER_SECOND, WANTED_PER_SECOND)
    last = now
    while (due >= 1 && free[0] && free[0].nextAt <= now) {
      const session = free.shift()!
      due -= 1
      session.nextAt = now + PAUSE_MS
      const asked = ask(session, PATHS[figures.sent % PATHS.length]!, figures).then(() => void free.push(session))
      figures.sent += 1
      open.add(asked)
      void asked.finally(() => open.delete(asked))
    }
  }, 20)
  return async () => {
    clearInterval(timer)
    figures.perSecond = Math.round(figures.sent / ((performance.now() - began) / 1_000))
    await Promise.all(open)
    for (const { agent } of sessions) agent.destroy()
    return figures
  }
}

function openSession(localAddress: string): Session {
  const servername = new URL(ORIGIN).hostname
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress, ca: readFileSync(CA), servername })
  return { agent, cookie: '', nextAt: 0 }
}

async function ask(session: Session, path: string, figures: LoadFigures): Promise<void> {
  const began = performance.now()
  const answer = await answerOf(session, path)
  figures.slowestMs = Math.max(figures.slowestMs, Math.round(performance.now() - began))
  if (/^2\d\d$/.test(answer)) return
  figures.failed += 1
  const reason = `${path} ${answer}`
  if (!figures.reasons.includes(reason)) figures.reasons.push(reason)
}

/** The status, or why there is none. */
function answerOf(session: Session, path: string, body?: object, read?: (text: string) => void): Promise<string> {
  const headers = {
    host: new URL(ORIGIN).hostname,
    ...(session.cookie && { cookie: session.cookie }),
    ...(body && { 'content-type': 'application/json' }),
  }
  const method = body ? 'POST' : 'GET'
  return new Promise(done => {
    const sent = request(
      { host: EDGE, port: 443, path, method, agent: session.agent, headers, timeout: PATIENCE_MS },
      response => {
        const [given] = response.headers['set-cookie'] ?? []
        if (given) session.cookie = given.split(';')[0]!
        response.on('error', error => done(error.message))
        response.on('end', () => done(String(response.statusCode)))
        if (read) response.setEncoding('utf8').on('data', read)
        response.resume()
      },
    )
    sent.on('timeout', () => sent.destroy(new Error('no answer in 30 s')))
    sent.on('error', error => done(error.message))
    sent.end(body && JSON.stringify(body))
  })
}

/** Whether the shop answers that it is ready, asked as a visitor is. */
export async function isServing(address: string): Promise<boolean> {
  const session = openSession(address)
  const answers = await Promise.all(['/api/readyz', '/', '/api/events'].map(path => answerOf(session, path)))
  session.agent.destroy()
  return answers.every(answer => answer === '200')
}

/** What the shop answers a visitor at that address. The body is empty where there is no answer. */
export async function askShop(address: string, path: string): Promise<{ status: string; body: string }> {
  const session = openSession(address)
  let body = ''
  const status = await answerOf(session, path, undefined, text => (body += text))
  session.agent.destroy()
  return { status, body }
}

/** Posts to the shop as a visitor at that address. @returns the status, or why there is none */
export async function postToShop(address: string, path: string, body: object): Promise<string> {
  const session = openSession(address)
  const answer = await answerOf(session, path, body)
  session.agent.destroy()
  return answer
}
