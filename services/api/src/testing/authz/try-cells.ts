import type { FastifyInstance, InjectOptions } from 'fastify'
import { servedBy } from '../../http/wrong-methods.ts'
import type { Shop } from '../../money/payments/bank-testing.ts'
import type { Audience } from './answers.ts'
import type { Ask, Asked } from './request.ts'
import { makeScene, type Person, type Scene } from './scene.ts'

export interface Report {
  cells: number
  /** Cells that may and were answered 2xx or 302. */
  allowedAnd2xx: number
  /** Cells that must be refused and were answered 2xx or 3xx, or showed what is another's. */
  leaks: number
  /** Every cell that was answered otherwise than the table says, leaks among them. */
  wrong: string[]
  routesWithoutLine: string[]
  /** Lines of routes that are not served. */
  linesWithoutRoute: string[]
}

interface Plan {
  table: Readonly<Record<string, Audience>>
  requests: Readonly<Record<string, Ask>>
  /** `GET /api/events/:id`: every route that is served. */
  routes: readonly string[]
}

/** `GET /api/events/:id`, of everything that is served. HEAD is answered by the route of GET. */
export const servedRoutes = (app: FastifyInstance): string[] =>
  [...servedBy(app)].flatMap(([url, methods]) =>
    [...methods].filter(method => method !== 'HEAD').map(method => `${method} ${url}`),
  )

const routeOf = (line: string): string => line.split(/[,?]/)[0]!
const isRead = (line: string): boolean => line.startsWith('GET ')

/**
 * Tries every cell of the table against the api. What only reads comes first, with one scene for all; in a line that
 * changes something, whoever is refused shares that scene, and each who may gets a new one.
 */
export async function tryCells(t: Shop, { table, requests, routes }: Plan): Promise<Report> {
  const lines = Object.keys(table)
  const lined = new Set(lines.map(routeOf))
  const report: Report = {
    cells: 0,
    allowedAnd2xx: 0,
    leaks: 0,
    wrong: [],
    routesWithoutLine: routes.filter(route => !lined.has(route)),
    linesWithoutRoute: [...lined].filter(route => !routes.includes(route)),
  }
  const shared = await makeScene(t)
  const served = lines.filter(line => routes.includes(routeOf(line)))
  for (const line of [...served.filter(isRead), ...served.filter(each => !isRead(each))])
    for (const side of ['own', 'other'] as const)
      for (const [person, word] of Object.entries(table[line]![side] ?? {}) as [Person, string][]) {
        const isShared = isRead(line) || (word !== '+' && word !== '-')
        const scene = isShared ? shared : await makeScene(t)
        const fault = await tryCell(t, scene, { line, side, person, word, ask: requests[line] ?? (() => ({})) })
        report.cells += 1
        if (fault === null) report.allowedAnd2xx += word === '+' || word === '-' ? 1 : 0
        else report.wrong.push(`${line} as ${person} on ${side} objects: ${fault.what}`)
        if (fault?.isLeak) report.leaks += 1
      }
  return report
}

interface Cell {
  line: string
  side: 'own' | 'other'
  person: Person
  word: string
  ask: Ask
}

/** @returns what is wrong with the answer, or null */
async function tryCell(t: Shop, scene: Scene, { line, side, person, word, ask }: Cell) {
  const headers = { ...scene.headers[person] }
  const browser = async () => {
    if (!headers.cookie) Object.assign(headers, (await t.visitor()).headers)
    return { headers }
  }
  const request = await ask(scene[side], { browser })
  const { statusCode, body } = await t.app.inject(await injectionOf(t, line, request, headers))
  const isAllowed = word === '+' || word === '-'
  const went = statusCode < 400
  if (!isAllowed) {
    if (String(statusCode) === word) return null
    return { what: `${statusCode} instead of ${word}: ${body.slice(0, 200)}`, isLeak: went }
  }
  if (!went) return { what: `${statusCode} instead of success: ${body.slice(0, 200)}`, isLeak: false }
  const holds = (request.holds ?? []).some(id => body.includes(id))
  if (word === '+' && request.holds !== undefined && !holds) return { what: 'its objects are not in it', isLeak: false }
  return word === '-' && holds ? { what: 'what is of others is in it', isLeak: true } : null
}

async function injectionOf(t: Shop, line: string, request: Asked, own: Record<string, string>): Promise<InjectOptions> {
  const [method, pattern] = routeOf(line).split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string]
  const { params = {}, query = {}, body, raw, form, headers: { cookie, ...more } = {} } = request
  const url = pattern.replaceAll(/:(\w+)|\*/g, (name, word?: string) =>
    encodeURIComponent(params[word ?? name] ?? name),
  )
  const cookies = [own.cookie, cookie].filter(each => each !== undefined)
  const headers: Record<string, string> = { ...own, ...more, 'idempotency-key': t.deps.newId() }
  if (cookies.length > 0) Object.assign(headers, { cookie: cookies.join('; '), origin: t.deps.settings.PUBLIC_ORIGIN })
  const search = new URLSearchParams(query).toString()
  const sent = { method, url: search ? `${url}?${search}` : url, headers }
  if (form) return { ...sent, ...(await encode(form, headers)) }
  if (raw !== undefined) return { ...sent, payload: raw }
  return body === undefined ? sent : { ...sent, payload: body }
}

async function encode(form: NonNullable<Asked['form']>, headers: Record<string, string>) {
  const data = new FormData()
  for (const [name, value] of form) {
    if (typeof value === 'string') data.append(name, value)
    else data.append(name, new Blob([new Uint8Array(value)]), 'a.jpg')
  }
  const encoded = new Request('http://test', { method: 'POST', body: data })
  return {
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { ...headers, 'content-type': encoded.headers.get('content-type')! },
  }
}
