import { register } from 'prom-client'
import { expect, test } from 'vitest'
import { ledgerBalanced, ledgerCheckSeconds, ledgerCheckedAt } from './metrics.ts'

const served = async (): Promise<string[]> =>
  (await register.metrics()).split('\n').filter(line => line.startsWith('pix_ledger_'))

test('before the kept check has been read the ledger has no series, so a restart looks neither unbalanced nor old', async () => {
  expect(await served()).toEqual([])
  ledgerBalanced.set(0)
  ledgerCheckedAt.set(1_800_000_000)
  ledgerCheckSeconds.set(0.5)
  expect(await served()).toEqual([
    'pix_ledger_balanced 0',
    'pix_ledger_check_timestamp_seconds 1800000000',
    'pix_ledger_check_seconds 0.5',
  ])
})
