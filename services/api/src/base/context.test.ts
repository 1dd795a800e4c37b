import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const API = join(import.meta.dirname, '..')
/** Everywhere a use case's buyer comes with its context. */
const WINGS = ['people', 'catalogue', 'shop', 'money', 'care', 'admin', 'http']

/** A `sessionId` that a function takes beside its context, by itself, in an object or taken out of one. */
const LOOSE = /\bsessionId\??:\s*string\b|\{[^{}()=]*\bsessionId\b[^{}()=]*\}:/

const looseIn = (source: string): boolean => LOOSE.test(source)

test('no use case takes a session beside its context: whose something is, is the buyer of the request', () => {
  const files = WINGS.flatMap(wing =>
    readdirSync(join(API, wing), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map(name => join(wing, name)),
  )

  expect(files.length).toBeGreaterThan(40)
  expect(files.filter(name => looseIn(readFileSync(join(API, name), 'utf8')))).toEqual([])
})

test.each([
  'export async function find(ctx: Context, sessionId: string, orderId: string) {}',
  'const find = (tx: Tx, order: { sessionId: string; id: string }) => tx',
  'function begin(ctx: Context, { sessionId, network }: Sender) {}',
  'export interface Sender {\n  sessionId: string\n}',
])('a planted fault is found: %s', source => {
  expect(looseIn(source)).toBe(true)
})

test.each([
  'await tx.insert(rows).values({ id, sessionId: ctx.buyer.sessionId })',
  'const { sessionId } = ctx.buyer',
  'return eq(orders.sessionId, sessions.id)',
])('what is no parameter is left alone: %s', source => {
  expect(looseIn(source)).toBe(false)
})
