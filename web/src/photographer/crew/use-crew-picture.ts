import { onScopeDispose, shallowRef, watch } from 'vue'
import { fetchAsUser } from '../../base/api.ts'

const AGAIN_MS = 2_000

/** @returns undefined where the picture is refused @throws when it does not come, or not whole */
async function fetchBytes(path: string, signal: AbortSignal): Promise<Blob | undefined> {
  const response = await fetchAsUser(path, signal)
  return response.ok ? response.blob() : undefined
}

/**
 * A picture that only its photographer and admins may see. An `<img>` cannot say who asks, so the bytes are fetched
 * with the access token and shown from memory; they are given back when the address changes or the page goes.
 *
 * @param address of the picture, undefined while it is not needed
 */
export function useCrewPicture(address: () => string | undefined) {
  const url = shallowRef<string>()
  let current = new AbortController()

  function drop() {
    current.abort()
    if (url.value) URL.revokeObjectURL(url.value)
    url.value = undefined
  }

  async function load(path: string, tries = 2): Promise<void> {
    const { signal } = current
    const bytes = await fetchBytes(path, signal).catch(() => undefined)
    if (signal.aborted) return
    if (bytes) url.value = URL.createObjectURL(bytes)
    else if (tries > 1) {
      await new Promise(resolve => setTimeout(resolve, AGAIN_MS))
      if (!signal.aborted) await load(path, tries - 1)
    }
  }

  watch(
    address,
    path => {
      drop()
      current = new AbortController()
      if (path) void load(path)
    },
    { immediate: true },
  )
  onScopeDispose(drop)
  return url
}
