import { register } from 'prom-client'
import { expect, test } from 'vitest'
import { repeat } from './repeat.ts'

/** Keeps what was logged. */
function createTestLog() {
  const lines: { sweep: string; message: string }[] = []
  const error = (facts: { sweep: string }, message: string) => void lines.push({ sweep: facts.sweep, message })
  return { lines, log: { error: error as never } }
}

const valueOf = async (name: string, sweep: string) => {
  const { values } = await register.getSingleMetric(name)!.get()
  return values.find(({ labels }) => labels.sweep === sweep)?.value
}

test('a sweep runs at once, and the next run begins only after the last one ended', async () => {
  let [running, most, begun] = [0, 0, 0]
  const ends: (() => void)[] = []
  const sweep = repeat(createTestLog().log, 'slow', 0, async () => {
    begun += 1
    running += 1
    most = Math.max(most, running)
    await new Promise<void>(resolve => ends.push(resolve))
    running -= 1
  })
  expect(begun).toBe(1)
  for (let n = 1; n <= 3; n += 1) {
    await expect.poll(() => begun).toBe(n)
    ends.shift()!()
  }
  await expect.poll(() => begun).toBe(4)
  const stopped = sweep.stop()
  ends.shift()!()
  await stopped
  expect(most).toBe(1)
})

test('a run that fails, however it fails, is logged and counted, and the next one comes', async () => {
  const { lines, log } = createTestLog()
  let runs = 0
  const sweep = repeat(log, 'failing', 0, () => {
    runs += 1
    if (runs === 1) throw new Error('before it returned a promise')
    return runs === 2 ? Promise.reject(new Error('later')) : Promise.resolve()
  })
  await expect.poll(() => runs).toBeGreaterThan(2)
  await sweep.stop()
  expect(lines.map(line => line.sweep)).toEqual(['failing', 'failing'])
  expect(await valueOf('pix_sweep_failures_total', 'failing')).toBe(2)
})

test('stop waits for the run under way and begins no other; a pause is cut short', async () => {
  let [begun, ended] = [0, 0]
  const ends: (() => void)[] = []
  const sweep = repeat(createTestLog().log, 'stopped', 0, async () => {
    begun += 1
    await new Promise<void>(resolve => ends.push(resolve))
    ended += 1
  })
  const stopped = sweep.stop().then(() => ended)
  ends[0]!()
  expect([await stopped, begun]).toEqual([1, 1])

  let runs = 0
  const resting = repeat(createTestLog().log, 'resting', 86_400_000, async () => void (runs += 1))
  await resting.stop()
  expect(runs).toBe(1)
})

test('the metrics say when a sweep last succeeded, so that one that only fails grows old', async () => {
  const { log } = createTestLog()
  const before = Date.now() / 1_000
  let fails = true
  let runs = 0
  const sweep = repeat(log, 'aging', 0, async () => {
    runs += 1
    if (fails) throw new Error('it fails')
  })
  const started = (await valueOf('pix_sweep_last_success_timestamp_seconds', 'aging'))!
  expect(started).toBeGreaterThanOrEqual(before)
  await expect.poll(() => runs).toBeGreaterThan(3)
  expect(await valueOf('pix_sweep_last_success_timestamp_seconds', 'aging')).toBe(started)
  fails = false
  await expect.poll(() => valueOf('pix_sweep_last_success_timestamp_seconds', 'aging')).toBeGreaterThan(started)
  await sweep.stop()
  expect(await valueOf('pix_sweep_interval_seconds', 'aging')).toBe(0)
})
