import { afterAll, beforeAll, expect, test } from 'vitest'
import { keepStatements } from '../../testing/count-statements.ts'
import { type Bank, startBank } from './bank-testing.ts'
import { SWEEPS } from './start-sweeps.ts'

let bank: Bank
beforeAll(async () => {
  bank = await startBank()
})
afterAll(() => bank.stop())

/** It adds up the whole books, and so pauses for as long as that takes. */
const READS_ALL = 'check_ledger'

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: Plan[]
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]

/** All rows of a table are read, or all of an index that has them all. */
const readsWhole = (node: Plan, partial: ReadonlySet<string>): boolean =>
  node['Node Type'] === 'Seq Scan' ||
  (node['Index Name'] !== undefined && node['Index Cond'] === undefined && !partial.has(node['Index Name']))

test('what sweeps of payments do every few seconds finds its rows by an index, however many orders there were', async () => {
  await using t = await bank.openShop()
  await t.withQr(1)
  t.forward(20 * 60_000)
  const kept = keepStatements(t)
  for (const [name, , sweep] of SWEEPS) if (name !== READS_ALL) await sweep(t.deps)
  const asked = kept().filter(({ text }) => /^\s*(select|update|delete|with)/i.test(text))
  expect(asked.length).toBeGreaterThan(10)

  const client = await t.db.$client.connect()
  const readWhole = []
  try {
    // A table is then read whole only where no index can be used.
    await client.query('set enable_seqscan = off')
    const { rows: named } = await client.query(
      'select indexrelid::regclass::text as name from pg_index where indpred is not null',
    )
    const partial = new Set<string>(named.map(({ name }) => name))
    for (const { text, values } of asked) {
      const { rows } = await client.query(`explain (format json) ${text}`, values)
      const nodes = nodesOf(rows[0]['QUERY PLAN'][0].Plan)
      for (const node of nodes)
        if (readsWhole(node, partial)) readWhole.push(`${node['Node Type']} ${node['Relation Name']}: ${text}`)
    }
  } finally {
    client.release(true)
  }
  expect(readWhole).toEqual([])
})
