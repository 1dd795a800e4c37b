import type { EventDownloads } from '@pix/contracts/orders.ts'
import { computed, ref, watch } from 'vue'
import { startDownload } from '../../../base/save-file.ts'

/** A ZIP that may still be in the making. Pressed before, its download starts by itself once it is ready. */
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
