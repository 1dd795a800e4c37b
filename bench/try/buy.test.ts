import { afterEach, expect, test, vi } from 'vitest'
import { payAtSimulator } from './buy.ts'

afterEach(() => vi.unstubAllGlobals())

test('the error about an unknown charge names the simulator that was asked', async () => {
  vi.stubGlobal('fetch', () =>
    Promise.resolve(Response.json({ items: [{ trans_id: 't', ref1: 'X', amount: '60.00' }] })),
  )
  const paid = payAtSimulator('http://localhost:26004', 'PX-2026-000001', 6_000)
  await expect(paid).rejects.toThrow(
    /simulator at http:\/\/localhost:26004 has no charge for PX-2026-000001.*--sim-url/,
  )
})
