import { openCache } from '../../../base/storage.ts'

/** What one face engine needs, as `virtual:face-models` lists it. */
export interface ModelSet {
  /** Folder of the files, ending in a slash; its name is a hash of their contents. */
  url: string
  files: { name: string; bytes: number; compressedBytes: number }[]
}

const CACHE = 'face-models'

/** Whether every file lies in this browser's cache, so that using the models costs nobody a download. */
export async function areModelsCached({ url, files }: ModelSet): Promise<boolean> {
  const cache = await openCache(CACHE, false)
  if (!cache) return false
  const found = await Promise.all(files.map(file => cache.match(url + file.name)))
  return found.every(Boolean)
}

/**
 * The files' contents: from the cache, else over the net into the cache, so that a broken download goes on where it
 * stopped. Files of sets that are not offered any more are deleted.
 *
 * @param offered folders of all sets
 * @param onBytes how many bytes of the contents are there, of the sum of all `bytes`
 * @throws Error when a file does not come, or not whole
 */
export async function fetchModelFiles(
  { url, files }: ModelSet,
  offered: readonly string[],
  onBytes: (bytes: number) => void,
): Promise<Map<string, ArrayBuffer>> {
  // Without a cache the models work all the same.
  const cache = await openCache(CACHE)
  let sum = 0
  const count = (bytes: number) => onBytes((sum += bytes))
  const contents = await Promise.all(
    files.map(async file => [file.name, await getFile(cache, url + file.name, file.bytes, count)] as const),
  )
  if (cache) await forgetOthers(cache, offered)
  return new Map(contents)
}

async function getFile(cache: Cache | null, path: string, bytes: number, count: (bytes: number) => void) {
  const kept = await cache?.match(path)
  if (kept) {
    const content = await kept.arrayBuffer()
    if (content.byteLength === bytes) {
      count(bytes)
      return content
    }
  }
  // Our cache keeps the file, so the browser's HTTP cache need not.
  const response = await fetch(path, { cache: cache ? 'no-store' : 'default' })
  if (!response.ok || !response.body) throw new Error(`${path} answered ${response.status}`)
  const content = new Uint8Array(bytes)
  let at = 0
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read()
    if (done) break
    if (at + value.length > bytes) throw new Error(`${path} is longer than ${bytes} bytes`)
    content.set(value, at)
    at += value.length
    count(value.length)
  }
  if (at < bytes) throw new Error(`${path} ended after ${at} of ${bytes} bytes`)
  await cache?.put(path, new Response(content)).catch(() => undefined) // a full disk is no reason to stop
  return content.buffer
}

async function forgetOthers(cache: Cache, offered: readonly string[]): Promise<void> {
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url)
    if (!offered.some(url => pathname.startsWith(url))) await cache.delete(request)
  }
}
