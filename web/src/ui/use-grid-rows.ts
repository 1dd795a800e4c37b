import { useWindowVirtualizer } from '@tanstack/vue-virtual'
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'
import type { GridPhoto } from './grid-photo.ts'
import { justifiedRows } from './justified-rows.ts'

/** Row height and gap by the width of the grid (design: 112/190/236, results larger). */
function measures(width: number, large: boolean): { target: number; gap: number } {
  if (width < 600) return { target: large ? 190 : 112, gap: 4 }
  if (width < 940) return { target: large ? 240 : 190, gap: 6 }
  return { target: large ? 290 : 236, gap: 8 }
}

/** Lays photos out in justified rows and keeps only the rows near the screen: thousands of photos, tens of tiles. */
export function useGridRows(grid: Ref<HTMLElement | null>, photos: () => readonly GridPhoto[], large: () => boolean) {
  const width = ref(0)
  const top = ref(0)
  const gap = computed(() => measures(width.value, large()).gap)
  const rows = computed(() => {
    const { target, gap } = measures(width.value, large())
    return justifiedRows(
      photos().map(photo => photo.aspect),
      width.value,
      target,
      gap,
    )
  })

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
