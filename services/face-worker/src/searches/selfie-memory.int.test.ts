import { standIn } from '@pix/faces/engines-testing.ts'
import { MODEL_VERSIONS } from '@pix/faces/engines.ts'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createChildPool } from '../children/child-pool.ts'
import { groupPhoto, silentLog, testPlace } from '../testing.ts'
import type { SelfiePool } from './read-selfie.ts'
import { selfieChildMegabytes } from './selfie-memory.ts'

/** Of memory that a process may write and nobody else sees, which is what its limit counts; now. */
const privateMegabytes = (pid: number): number =>
  Number(/VmData:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

/** The largest picture that is taken for a selfie, several people in it. */
const largest = (maxPixels: number) => {
  const width = Math.floor(Math.sqrt(maxPixels * 1.5))
  return sharp(groupPhoto(1))
    .resize({ width, height: Math.floor(width / 1.5), fit: 'cover' })
    .jpeg({ progressive: true })
    .toBuffer()
}

test.skipIf(process.platform !== 'linux')(
  `a process that reads the largest selfie with both engines needs less than its memory limit${standIn}`,
  { timeout: 300_000 },
  async () => {
    await using place = await testPlace()
    const limit = selfieChildMegabytes(place.settings)
    const script = new URL('selfie-child.ts', import.meta.url)
    const ms = 300_000
    const limits = { size: 1, softMs: ms, hardMs: ms, memoryMegabytes: limit }
    const pool: SelfiePool = createChildPool({ script, settings: place.settings, log: silentLog, ...limits })
    await pool.about()
    const [pid] = pool.pids()
    let most = 0
    const watching = setInterval(() => (most = Math.max(most, privateMegabytes(pid!))), 5)
    const bytes = await largest(place.settings.SELFIE_MAX_PIXELS)

    for (let n = 0; n < 3; n++) {
      const reply = await pool.run({ bytes, model: MODEL_VERSIONS.sface, byAll: true })
      expect(reply).toMatchObject({ kind: 'read', others: [{ model: MODEL_VERSIONS['face-api'] }] })
    }

    clearInterval(watching)
    expect(pool.pids()).toEqual([pid])
    expect(most).toBeGreaterThan(0)
    expect(most).toBeLessThan(0.9 * limit)
    await pool.stop()
  },
)
