import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildSim } from './app.ts'
import { Settings } from './settings.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pix-bank-'))
})
afterEach(() => rm(folder, { recursive: true }))

const open = () =>
  buildSim(
    Settings.parse({
      PORT: '0',
      LOG_LEVEL: 'silent',
      PAYNOI_API_KEY: 'key-for-tests',
      PAYNOI_BOOKS: join(folder, 'new/charges.jsonl'),
    }),
  )

async function create(sim: Awaited<ReturnType<typeof open>>): Promise<string> {
  const call = { method: 'create', amount: 60, ref1: 'PX26000001A1', key_id: '1', account: 'a', type: '1' }
  const answer = await sim.inject({ method: 'POST', url: '/', payload: { api_key: 'key-for-tests', ...call } })
  return answer.json<{ trans_id: string }>().trans_id
}

test('a bank that is started again knows its charges as they stood, and they can still be paid', async () => {
  const first = await open()
  const [paid, failed, waiting] = [await create(first), await create(first), await create(first)]
  await first.inject({ method: 'POST', url: `/charges/${paid}/pay`, payload: {} })
  await first.inject({
    method: 'POST',
    url: `/pay/${failed}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'do=fail',
  })
  await first.inject({ method: 'POST', url: `/charges/${waiting}/faults`, payload: { never: true } })
  const before = (await first.inject('/charges')).json<unknown>()
  await first.close()
  await appendFile(join(folder, 'new/charges.jsonl'), '{"transId":"cut o')

  const second = await open()
  expect((await second.inject('/charges')).json()).toEqual(before)
  expect((await second.inject(`/charges/${waiting}`)).json()).toMatchObject({
    payment_status: 'pending',
    faults: { never: true },
  })
  await second.inject({ method: 'POST', url: `/charges/${waiting}/pay`, payload: {} })
  await second.close()

  const third = await open()
  const items = (await third.inject('/charges')).json<{ items: { trans_id: string; payment_status: string }[] }>().items
  expect(Object.fromEntries(items.map(item => [item.trans_id, item.payment_status]))).toEqual({
    [paid]: 'completed',
    [failed]: 'failed',
    [waiting]: 'completed',
  })
  await third.close()
})
