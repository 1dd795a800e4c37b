import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { hashFile } from './hash-file.ts'
import { type Answer, sendBytes, type Sending } from './send-bytes.ts'

/** A file that is not larger is in memory while it is sent, so that it is read from the card once. */
const WHOLE_BYTES = 32 * 1024 * 1024

/** A file with its hash, and with its bytes where they are in memory. */
export interface Read {
  sha256: string
  bytes: Buffer | null
}

/** Reads a file that is to be sent from its beginning. */
export async function readWhole(path: string, size: number): Promise<Read> {
  if (size > WHOLE_BYTES) return { sha256: await hashFile(path), bytes: null }
  const bytes = await readFile(path)
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes }
}

/**
 * Sends one file, or the rest of it, in one try.
 *
 * @throws ProblemError as a call of the api does
 */
export async function sendFile(path: string, bytes: Buffer | null, sending: Omit<Sending, 'source'>): Promise<Answer> {
  if (bytes) return sendBytes({ ...sending, source: bytes })
  const file = createReadStream(path)
  // tus-js-client reads by path; the stream only names it. One that cannot be opened is told by the upload.
  file.on('error', () => undefined)
  return sendBytes({ ...sending, source: file as never }).finally(() => file.destroy())
}
