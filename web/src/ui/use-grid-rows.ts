import { useWindowVirtualizer } from '@tanstack/vue-virtual'
import { computed, watch, type Ref } from 'vue'
import { gridRows } from '@pix/domain/justified-rows.ts'
import type { GridPhoto } from './grid-photo.ts'
import { usePagePlace } from './use-page-place.ts'

/** Lays photos out in justified rows and keeps only the rows near the screen: thousands of photos, tens of tiles. */
export function useGridRows(grid: Ref<HTMLElement | null>, photos: () => readonly GridPhoto[], large: () => boolean) {
  const { width, top } = usePagePlace(grid)
  const layout = computed(() =>
    gridRows(
      photos().map(photo => photo.aspect),
      width.value,
      large(),
    ),
  )
  const rows = computed(() => layout.value.rows)
  const gap = computed(() => layout.value.gap)

  const virtualizer = useWindowVirtualizer(
    computed(() => ({
      count: rows.value.length,
      estimateSize: (at: number) => rows.value[at]?.height ?? 0,
      gap: gap.value,
      overscan: 3,
      scrollMargin: top.value,
    })),
  )
  watch(rows, () => virtualizer.value.measure(), { flush: 'post' })

  const visible = computed(() =>
    virtualizer.value.getVirtualItems().flatMap(item => {
      const row = rows.value[item.index]
      return row ? [{ ...row, index: item.index, y: item.start - top.value }] : []
    }),
  )
  const height = computed(() => virtualizer.value.getTotalSize())
  return { rows, visible, height, gap, scrollToRow: (at: number) => virtualizer.value.scrollToIndex(at) }
}
