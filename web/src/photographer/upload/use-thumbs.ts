import { onScopeDispose } from 'vue'
import type { UploadItem } from './upload-item.ts'

const KEPT = 24

/** Object URLs for the few files on screen; older ones are given back so that a card of photos does not fill memory. */
export function useThumbs() {
  const urls = new Map<number, string>()

  function thumb({ id, file }: UploadItem): string | undefined {
    if (!file.type.startsWith('image/')) return undefined
    const url = urls.get(id) ?? URL.createObjectURL(file)
    urls.delete(id)
    urls.set(id, url)
    for (const [old, oldUrl] of [...urls].slice(0, -KEPT)) {
      URL.revokeObjectURL(oldUrl)
      urls.delete(old)
    }
    return url
  }

  onScopeDispose(() => urls.forEach(url => URL.revokeObjectURL(url)))
  return thumb
}
