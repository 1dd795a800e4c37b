import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file of the test data beside the checkout, or null where there is none: its tests are then skipped. */
export function sharedFile(path: string): string | null {
  const full = fileURLToPath(new URL(`../../../../shared/${path}`, import.meta.url))
  return existsSync(full) ? full : null
}
