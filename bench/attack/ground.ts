import { listEvents, type EventSummary } from '@pix/contracts/events.ts'
import type { Stack } from '@pix/stack/start/stack.ts'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Client as Database } from 'pg'
import { personAt } from '../person.ts'

/**
 * The target of an attack: a shop of this command's own, reached without the web server so that requests can set their
 * addresses.
 */
export interface Ground {
  stack: Stack
  event: EventSummary
  /** A selfie that finds photos. */
  selfie: string
  /** The folder of hostile inputs; undefined where it is not on this machine. */
  bugs: string | undefined
}

export async function takeGround(stack: Stack): Promise<Ground> {
  const { items } = await personAt({ stack }, '192.0.2.1').call(listEvents, { query: {} })
  const event = items[0]
  if (!event) throw new Error('the shop has no event on sale')
  const bugs = join(import.meta.dirname, '../../../shared/data/bugs')
  return {
    stack,
    event,
    selfie: join(stack.demoFolder, 'selfie-1.jpg'),
    bugs: existsSync(bugs) ? bugs : undefined,
  }
}

/** One number out of the shop's database. */
export async function askDatabase({ stack }: Ground, sql: string): Promise<number> {
  const client = new Database({ connectionString: stack.database.owner })
  await client.connect()
  try {
    const { rows } = await client.query(sql)
    return Number(Object.values(rows[0] as Record<string, unknown>)[0])
  } finally {
    await client.end()
  }
}

/** What an attack achieved, in its own figures. */
export type Figures = Record<string, number | string>

export interface Attack {
  name: string
  /** One sentence: who does what. */
  what: string
  run(ground: Ground): Promise<Figures>
}

/** How often each status was answered, `3 × 200, 1 × none`; 0 stands for no answer. */
export function countStatuses(statuses: readonly number[]): string {
  const counts = new Map<number, number>()
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts].map(([status, count]) => `${count} × ${status === 0 ? 'none' : status}`).join(', ')
}

/** The attacker's one address. */
export const ATTACKER = '198.51.100.66'
