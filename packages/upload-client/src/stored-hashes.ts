import type { Client } from '@pix/contracts/client.ts'
import { listCrewPhotos } from '@pix/contracts/photos.ts'

/**
 * SHA-256 of every photo of the event that this account may see, asked for page by page when it is first needed. It runs
 * in Node and in the browser.
 *
 * @throws ProblemError as a call of the api does; the next who asks tries again
 */
export function storedHashes(call: Client['call'], eventId: string): () => Promise<ReadonlySet<string>> {
  let asked: Promise<ReadonlySet<string>> | undefined
  return () =>
    (asked ??= askAll(call, eventId).catch((error: unknown) => {
      asked = undefined
      throw error
    }))
}

async function askAll(call: Client['call'], eventId: string): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await call(listCrewPhotos, { params: { id: eventId }, query: { limit: 100, cursor } })
    for (const { sha256 } of page.items) hashes.add(sha256)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return hashes
}
