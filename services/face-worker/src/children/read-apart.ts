import type { Log } from '@pix/platform/log.ts'
import type { Settings } from '../settings.ts'
import { ChildDied, createChildPool, TimedOut } from './child-pool.ts'

/** Memory beside what decoding takes. */
const CHILD_MEGABYTES = 600
const MOST_MS = 60_000

/**
 * Reads a picture in a process of its own, for pictures that come so rarely that no process waits for them. A picture
 * that took too long or ended its process would do so again: it counts as one of too many pixels.
 *
 * @param script of the child, which answers by `serveParent`
 * @throws ChildDied when the process cannot start: that says nothing about the picture
 */
export async function readApart<Reply>(
  { log, settings, script }: { log: Log; settings: Settings; script: URL },
  bytes: Buffer,
): Promise<Reply | { kind: 'refused'; refusal: 'too_many_pixels' }> {
  const pool = createChildPool<{ bytes: Uint8Array }, Reply, object>({
    script,
    settings,
    size: 1,
    softMs: MOST_MS,
    hardMs: MOST_MS,
    cpuMs: settings.SELFIE_SECONDS * 1_000,
    memoryMegabytes: CHILD_MEGABYTES + settings.SELFIE_DECODE_MEGABYTES,
    log,
  })
  try {
    await pool.about()
    return await pool.run({ bytes }).catch((error: unknown) => {
      if (!(error instanceof TimedOut || error instanceof ChildDied)) throw error
      log.error({ err: error }, 'a picture could not be read')
      return { kind: 'refused', refusal: 'too_many_pixels' } as const
    })
  } finally {
    await pool.stop()
  }
}
