import { thumbHashToDataURL } from 'thumbhash'

const made = new Map<string, string>()

/** A blurred picture for a ThumbHash, as a `url(…)`; made once per hash. An unreadable hash gives none. */
export function placeholderImage(hash: string | null | undefined): string | undefined {
  if (!hash) return undefined
  let image = made.get(hash)
  if (image === undefined) {
    try {
      image = `url(${thumbHashToDataURL(Uint8Array.from(atob(hash), char => char.charCodeAt(0)))})`
    } catch {
      image = ''
    }
    made.set(hash, image)
  }
  return image || undefined
}
