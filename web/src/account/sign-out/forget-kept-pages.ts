import { openCache } from '../../base/storage.ts'
import { KEPT_PAGES } from '../../worker/talk.ts'

/** Deletes which events this device showed: after a sign-out somebody else may hold it. */
export async function forgetKeptPages(): Promise<void> {
  const cache = await openCache(KEPT_PAGES, false)
  for (const page of (await cache?.keys()) ?? []) await cache?.delete(page)
}
