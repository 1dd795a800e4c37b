import { startBank } from '../../money/payments/bank-testing.ts'
import { REQUESTS } from './requests.ts'
import { TABLE } from './table.ts'
import { servedRoutes, tryCells } from './try-cells.ts'
import { UNLIMITED } from './unlimited.ts'

/** Prints the report as JSON. `npm run authz` starts this, with the addresses of its servers in the environment. */
async function main(): Promise<void> {
  const bank = await startBank()
  const t = await bank.openShop({ settings: UNLIMITED })
  const report = await tryCells(t, { table: TABLE, requests: REQUESTS, routes: servedRoutes(t.app) })
  process.stdout.write(`${JSON.stringify(report)}\n`)
  await t[Symbol.asyncDispose]()
  await bank.stop()
}

await main()
