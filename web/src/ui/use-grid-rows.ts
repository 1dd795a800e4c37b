import { useWindowVirtualizer } from '@tanstack/vue-virtual'
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import { gridRows } from '@pix/domain/justified-rows.ts'
import type { GridPhoto } from './grid-photo.ts'

/** Lays photos out in justified rows and keeps only the rows near the screen: thousands of photos, tens of tiles. */
export function useGridRows(grid: Ref<HTMLElement | null>, photos: () => readonly GridPhoto[], large: () => boolean) {
  const width = ref(0)
  const top = ref(0)
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

  // The page above may grow or shrink and push the grid: its place is measured again whenever the body changes size.
  function measure() {
    if (!grid.value) return
    width.value = grid.value.clientWidth
    top.value = grid.value.getBoundingClientRect().top + window.scrollY
  }
  const observer = new ResizeObserver(measure)
  watch(grid, element => {
    observer.disconnect()
    if (!element) return
    // Before the first paint: a grid that begins with no height pushes everything below it.
    measure()
    observer.observe(element)
    observer.observe(document.body)
  })
  onScopeDispose(() => observer.disconnect())

  const visible = computed(() =>
    virtualizer.value.getVirtualItems().flatMap(item => {
      const row = rows.value[item.index]
      return row ? [{ ...row, index: item.index, y: item.start - top.value }] : []
    }),
  )
  const height = computed(() => virtualizer.value.getTotalSize())
  return { rows, visible, height, gap, scrollToRow: (at: number) => virtualizer.value.scrollToIndex(at) }
}
