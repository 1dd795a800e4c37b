import type { PageData } from '@pix/contracts/page-data.ts'
import { CacheExpiration } from 'workbox-expiration'
import { KEPT_AT, KEPT_PAGES } from './talk.ts'
import { answerOf, dataOfPage, pathToKeep } from './what-is-kept.ts'

/** A page that is asked for again within this time is not fetched anew. */
const FRESH_MS = 10 * 60_000
const expiration = new CacheExpiration(KEPT_PAGES, { maxEntries: 20, maxAgeSeconds: 7 * 86_400 })

export interface KeptPage {
  /** The page's data, as JSON. */
  json: string
  /** When it was kept, as an instant. */
  at: string
}

/**
 * Keeps what a stranger sees at an address. It is fetched without cookies and without a sign-in, so that nothing of the
 * person at this device can be in it. A page that strangers may not see any more is deleted.
 */
export async function keepPage(url: URL): Promise<void> {
  const path = pathToKeep(url)
  if (path === null) return
  const cache = await caches.open(KEPT_PAGES)
  const before = await cache.match(path)
  if (before && Date.now() - Date.parse(before.headers.get(KEPT_AT) ?? '') < FRESH_MS) return
  const page = await fetch(path, { credentials: 'omit', headers: { accept: 'text/html' } })
  const json = page.ok && !page.redirected ? dataOfPage(await page.text()) : null
  if (json !== null) {
    const headers = { 'content-type': 'application/json', [KEPT_AT]: new Date().toISOString() }
    await cache.put(path, new Response(json, { headers }))
    await expiration.updateTimestamp(new URL(path, location.origin).href)
    await expiration.expireEntries()
  } else if (page.status === 404 || page.status === 410) await cache.delete(path)
}

/** The page that is kept under a path, if any. */
export async function findKept(path: string | null): Promise<KeptPage | null> {
  if (path === null || !(await caches.has(KEPT_PAGES))) return null
  await expiration.expireEntries()
  const kept = await (await caches.open(KEPT_PAGES)).match(path)
  return kept ? readKept(kept) : null
}

/** The answer to a read out of whichever page has it. */
export async function findAnswer(url: URL): Promise<{ body: unknown; at: string } | null> {
  if (!(await caches.has(KEPT_PAGES))) return null
  await expiration.expireEntries()
  const cache = await caches.open(KEPT_PAGES)
  for (const request of await cache.keys()) {
    const response = await cache.match(request)
    const page = response && (await readKept(response))
    const body = page && answerOf(url, JSON.parse(page.json) as PageData)
    if (body !== undefined && page) return { body, at: page.at }
  }
  return null
}

const readKept = async (kept: Response): Promise<KeptPage> => ({
  json: await kept.text(),
  at: kept.headers.get(KEPT_AT) ?? '',
})
