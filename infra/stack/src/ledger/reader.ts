import { connect, type Queryable } from '@pix/db/client.ts'
import { type Range, recomputeRange } from '@pix/db/ledger/recompute-range.ts'
import { inSnapshot } from '@pix/db/ledger/verify-ledger.ts'
import { shopDatabaseUrl } from '../parts/kept-settings.ts'
import type { Answer } from './start-readers.ts'

// A reader of `npm run ledger:verify`, for the ranges that it is sent. Any failure ends it, and that fails the command.

const [snapshot, sealed] = process.argv.slice(2)
process.once('disconnect', () => process.exit(1))
const db = connect(shopDatabaseUrl(), { max: 1, applicationName: 'thepixstock-ledger-reader' })

async function answer(tx: Queryable, range: Range): Promise<void> {
  const result = await recomputeRange(tx, range, Number(sealed))
  process.send!({ from: range.from, result } satisfies Answer)
}

/** Ends by a failure alone. */
const readOn = (tx: Queryable): Promise<never> =>
  new Promise((_, reject) => {
    process.on('message', (range: Range) => void answer(tx, range).catch(reject))
  })

await inSnapshot(db, snapshot!, readOn)
