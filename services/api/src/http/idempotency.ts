import { createHash } from 'node:crypto'
import { idempotencyKeys } from '@pix/db/schema/idempotency.ts'
import { and, eq, lt } from 'drizzle-orm'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../base/deps.ts'
import { Problem } from '../base/problem.ts'
import { signedIn } from './access.ts'
import { factsOf, patternOf } from './route-facts.ts'
import { buyerOf } from './session.ts'

const ROW = 'idempotencyRow'
const KEY = /^[\x21-\x7e]{1,200}$/
/** Longer than any request may take: a first request this old and still without an answer died with its process. */
const ABANDONED_MS = 60_000

/**
 * `Idempotency-Key` (spec/10), scope buyer and route, kept in PostgreSQL for 24 h: the same key and body get the first
 * answer, another body 422, a twin in flight 409. Our own failures (5xx) are not kept, so that the caller may try again.
 */
export function keepFirstAnswers(app: FastifyInstance, deps: Deps): void {
  app.decorateRequest(ROW, null)
  app.addHook('preHandler', async (request, reply) => {
    if (!factsOf(request).idempotent) return
    const first = await reserve(deps, request)
    if ('row' in first) request.setDecorator(ROW, first.row)
    else return repeatAnswer(reply, first)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const row = request.getDecorator<string | null>(ROW)
    if (row === null) return
    request.setDecorator(ROW, null)
    if (reply.statusCode >= 500 || reply.statusCode === 429 || typeof payload !== 'string') {
      // The key is given up at once, under the same id: the next try takes it over.
      const past = new Date(deps.now().getTime() - ABANDONED_MS - 1)
      await deps.db.update(idempotencyKeys).set({ createdAt: past }).where(eq(idempotencyKeys.id, row))
      return
    }
    await deps.db
      .update(idempotencyKeys)
      .set({ status: reply.statusCode, body: JSON.parse(payload) as unknown })
      .where(eq(idempotencyKeys.id, row))
  })
}

/**
 * The id under which this request's key is kept: the same for every try, also after one died between its work and its
 * answer. What is made under this id is found again instead of made twice.
 */
export function keyIdOf(request: FastifyRequest): string {
  const row = request.getDecorator<string | null>(ROW)
  if (row === null) throw new Error('this route is not idempotent')
  return row
}

type First = { row: string } | { status: number; body: unknown }

async function reserve({ db, now, newId }: Deps, request: FastifyRequest): Promise<First> {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || !KEY.test(key)) throw new Problem('idempotency_key_required')
  // Two browsers of one user have keys of their own: what is bought belongs to the browser's session.
  const owner = factsOf(request).access === 'session' ? buyerOf(request).sessionId : signedIn(request).userId
  const scope = `${owner} ${request.method} ${patternOf(request)}`
  const requestHash = createHash('sha256')
    .update(JSON.stringify([request.params, request.body]))
    .digest('hex')

  const row = newId()
  const [inserted] = await db
    .insert(idempotencyKeys)
    .values({ id: row, scope, key, requestHash, createdAt: now() })
    .onConflictDoNothing()
    .returning({ id: idempotencyKeys.id })
  if (inserted) return { row }

  const [before] = await db
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.scope, scope), eq(idempotencyKeys.key, key)))
  if (!before) throw new Problem('idempotency_in_flight', { retryAfterSeconds: 1 })
  if (before.requestHash !== requestHash) throw new Problem('idempotency_key_reused')
  if (before.status !== null) return { status: before.status, body: before.body }

  const [taken] = await db
    .update(idempotencyKeys)
    .set({ createdAt: now() })
    .where(
      and(eq(idempotencyKeys.id, before.id), lt(idempotencyKeys.createdAt, new Date(now().getTime() - ABANDONED_MS))),
    )
    .returning({ id: idempotencyKeys.id })
  if (!taken) throw new Problem('idempotency_in_flight', { retryAfterSeconds: 1 })
  return { row: taken.id }
}

function repeatAnswer(reply: FastifyReply, { status, body }: { status: number; body: unknown }): FastifyReply {
  return reply
    .code(status)
    .header('idempotency-replayed', 'true')
    .type(status >= 400 ? 'application/problem+json' : 'application/json; charset=utf-8')
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body)
}
