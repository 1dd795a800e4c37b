import { createClient } from '@pix/contracts/client.ts'
import { listCrewPhotos } from '@pix/contracts/photos.ts'
import type { SignIn } from './sign-in.ts'

interface Shop {
  url: string
  eventId: string
  signIn: SignIn
}

/**
 * SHA-256 of every photo of the event that this account may see, asked for page by page when it is first needed.
 *
 * @throws ProblemError as a call of the api does; the next who asks tries again
 */
export function storedHashes(shop: Shop): () => Promise<ReadonlySet<string>> {
  let asked: Promise<ReadonlySet<string>> | undefined
  return () =>
    (asked ??= askAll(shop).catch((error: unknown) => {
      asked = undefined
      throw error
    }))
}

async function askAll({ url, eventId, signIn }: Shop): Promise<ReadonlySet<string>> {
  const headers = () => ({ authorization: `Bearer ${signIn.token()}` })
  const { call } = createClient({ baseUrl: `${url}/api`, headers })
  const hashes = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await call(listCrewPhotos, { params: { id: eventId }, query: { limit: 100, cursor } })
    for (const { sha256 } of page.items) hashes.add(sha256)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return hashes
}
