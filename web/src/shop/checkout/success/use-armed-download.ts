import type { EventDownloads } from '@pix/contracts/orders.ts'
import { computed, ref, watch } from 'vue'
import { startDownload } from '../../../base/save-file.ts'

/** A ZIP while it is made. Pressed too early, its download starts by itself when it is there, beside those of others. */
export function useArmedDownload(archive: () => EventDownloads['archive'] | undefined) {
  const armed = ref(false)
  const url = computed(() => {
    const now = archive()
    return now?.state === 'ready' ? now.url : null
  })
  const ready = computed(() => url.value !== null)
  watch(url, to => {
    if (to === null || !armed.value) return
    armed.value = false
    startDownload(to)
  })
  return { armed, ready }
}
