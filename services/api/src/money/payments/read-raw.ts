import type { Readable } from 'node:stream'

/** One byte more than a webhook may have is enough to know that it is too long. */
const KEPT = 65_537
/** What is longer than this is not even read to its end. */
const READ = 1_048_576

/** A body as it came, byte for byte. Of a body that is too long it is only the beginning. */
export async function readRaw(payload: Readable): Promise<Buffer> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of payload) {
    // The rest is read and dropped, so that the answer reaches the sender.
    if (length < KEPT) parts.push(part as Buffer)
    length += (part as Buffer).length
    if (length > READ) break
  }
  return Buffer.concat(parts)
}
