import { setTimeout as sleep } from 'node:timers/promises'
import { connect } from '@pix/db/client.ts'
import { HOUSE_STUDIO } from '@pix/db/house-studio.ts'
import { verifyLedger } from '@pix/db/ledger/verify-ledger.ts'
import { SECOND_STUDIO } from '@pix/stack/start/seed-second-studio.ts'
import type { Stack } from '@pix/stack/start/stack.ts'
import { Redis } from 'ioredis'
import { DEMO } from '../try/visitor.ts'
import { bankAt } from './bank.ts'
import { sendCustomers } from './crowd.ts'
import type { Purchase } from './errand.ts'
import { strikeInTurn } from './killer.ts'
import type { Payee } from './payees.ts'
import { type Reckoning, reckon } from './reckoning.ts'
import { settle, stillOpen } from './settle.ts'
import { openShops } from './shops.ts'
import { addAdmins, signedInAt } from './signed-in.ts'
import { workInbox } from './staff.ts'
import { openStatement, type Statement } from './statement.ts'
import { payOut } from './treasurer.ts'

export interface Wanted {
  orders: number
  seed: number
  atOnce: number
  /** 0: never. */
  killEverySeconds: number
}

/** How long the sweeps have for what is still open once all customers are done. */
const QUIET_LIMIT_MS = 300_000
/** A worker loads its models first. Killed as often as the others it would never read a slip. */
const WORKER_RESTS = 5
const DOMAIN = 'demo.thepixstock.test'
const STAFF = ['second.admin', 'treasurer'].map(name => `${name}@${DOMAIN}`)

/** Runs customers, staff and faults at the same time. Then it waits until nothing is open, and compares the books. */
export async function storm(stack: Stack, wanted: Wanted) {
  await addAdmins(stack, STAFF)
  const admins = [DEMO.admin, ...STAFF].map((email, at) => signedInAt(stack, email, `192.0.2.${70 + at}`))
  const onSale = await openShops(stack, admins[0]!)
  const [statement, bank] = [openStatement(), bankAt(stack.paynoiUrl)]
  const killer = startKilling(stack, wanted.killEverySeconds)
  const [customersDone, deskDone] = [new AbortController(), new AbortController()]
  const desks = admins.slice(0, 2).map(staff => workInbox({ staff, statement }, customersDone.signal))
  const studioIds = [HOUSE_STUDIO, SECOND_STUDIO]
  const treasury = { staff: admins[2]!, statement, studioIds, payees: payeesOf(stack) }
  const payouts = payOut(treasury, deskDone.signal)
  const failed = Promise.all([...desks, payouts]).then(() => new Promise<never>(() => undefined))

  const crowd = sendCustomers({ stack, bank, statement, onSale }, wanted)
  const { purchases, broken } = await Promise.race([crowd, failed])
  const struck = await killer.stop()
  await comeBack(purchases)
  customersDone.abort()
  await Promise.all(desks)
  deskDone.abort()
  const paid = await payouts
  const books = await whenQuiet(stack, statement, purchases)
  const verified = await verify(stack)
  return { purchases, broken, struck, paid, books, verified }
}

/** Everybody to whom shares come to be owed. */
function payeesOf(stack: Stack): Payee[] {
  const at = (email: string, party: Payee['party'], place: number) => ({
    person: signedInAt(stack, `${email}${DOMAIN}`, `192.0.2.${place}`),
    party,
  })
  return [
    at('photographer@', 'photographer', 90),
    at('organizer@', 'organizer', 91),
    at('photographer@second.', 'photographer', 92),
    at('owner@second.', 'studio', 93),
  ]
}

function startKilling({ crash, redisUrl }: Stack, everySeconds: number): { stop(): Promise<Record<string, number>> } {
  if (everySeconds === 0) return { stop: async () => ({}) }
  const redis = new Redis(redisUrl)
  const killers = [
    strikeInTurn(
      {
        api: () => crash('api'),
        clerk: () => crash('clerk'),
        'redis flushed': async () => void (await redis.flushall()),
      },
      everySeconds * 1_000,
    ),
    strikeInTurn({ worker: () => crash('face-worker') }, everySeconds * WORKER_RESTS * 1_000),
  ]
  return {
    stop: async () => {
      const struck = await Promise.all(killers.map(killer => killer.stop()))
      redis.disconnect()
      return Object.assign({}, ...struck) as Record<string, number>
    },
  }
}

/** Announcements and checks that are still on their way come to their end first. */
async function whenQuiet(stack: Stack, statement: Statement, all: readonly Purchase[]): Promise<Reckoning> {
  const deadline = performance.now() + QUIET_LIMIT_MS
  const [deposits, withdrawals] = [statement.deposits(), statement.withdrawals()]
  for (;;) {
    await comeBack(all)
    const charges = await bankAt(stack.paynoiUrl).charges()
    const bank = { charges, deposits, withdrawals }
    const books = await reckon(
      stack.database.owner,
      bank,
      all.map(({ bought }) => bought),
    )
    if (books.lost + books.ledgerDifferenceSatang === 0 || performance.now() > deadline) {
      let open = 0
      for (const purchase of all) open += await stillOpen(purchase)
      return { ...books, givenAway: books.givenAway + open }
    }
    await sleep(3_000)
  }
}

/** Who waited in vain looks again, later. */
async function comeBack(purchases: readonly Purchase[]): Promise<void> {
  const waiting = purchases.filter(({ bought }) => bought.isWaiting)
  await Promise.all(waiting.map(purchase => settle(purchase, null)))
}

async function verify(stack: Stack) {
  const db = connect(stack.database.owner, { max: 1 })
  try {
    const { postings, entries, faults, first } = await verifyLedger(db)
    return { postings, entries, faults, first }
  } finally {
    await db.$client.end()
  }
}
