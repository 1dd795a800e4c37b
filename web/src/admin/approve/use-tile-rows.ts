import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/vue-virtual'
import { computed, watch, type Ref } from 'vue'
import { usePagePlace } from '../../ui/use-page-place.ts'

/** Height of a tile below its square picture: the file's name and its borders. Pixels, as the tile's style says. */
const CAPTION = 38
/** Heights that lie over the page's lower and upper edge: the bar of decisions, and room above. */
const EDGES = { scrollPaddingStart: 80, scrollPaddingEnd: 160 }

/** The number of tiles in a row and their width, by the width of the grid and of the screen. */
export function fitTiles(width: number, screen: number): { columns: number; size: number; gap: number } {
  const gap = screen < 1024 ? 10 : 12
  const least = screen < 640 ? (width - gap) / 2 : screen < 1024 ? 148 : 178
  const columns = Math.max(1, Math.floor((width + gap) / (least + gap)))
  return { columns, size: Math.max(0, (width - gap * (columns - 1)) / columns), gap }
}

/** Square tiles in rows, of which only those near the screen and the cursor's are there: thousands of photos, tens of tiles. */
export function useTileRows(grid: Ref<HTMLElement | null>, count: () => number, cursor: () => number) {
  const { width, top } = usePagePlace(grid)
  const fit = computed(() => fitTiles(width.value, window.innerWidth))
  const rowOf = (index: number) => Math.floor(index / fit.value.columns)

  const virtualizer = useWindowVirtualizer(
    computed(() => ({
      count: width.value === 0 ? 0 : Math.ceil(count() / fit.value.columns),
      estimateSize: () => fit.value.size + CAPTION,
      gap: fit.value.gap,
      overscan: 4,
      scrollMargin: top.value,
      ...EDGES,
      // A reader follows the cursor by its tile's id.
      rangeExtractor: (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const rows = defaultRangeExtractor(range)
        const at = rowOf(cursor())
        return at >= range.count || rows.includes(at) ? rows : [...rows, at].toSorted((a, b) => a - b)
      },
    })),
  )
  watch(fit, () => virtualizer.value.measure(), { flush: 'post' })

  /** The tiles that are there, each with its place. */
  const tiles = computed(() =>
    virtualizer.value.getVirtualItems().flatMap(row => {
      const { columns, size, gap } = fit.value
      const first = row.index * columns
      return Array.from({ length: Math.min(columns, count() - first) }, (_, column) => ({
        index: first + column,
        x: column * (size + gap),
        y: row.start - top.value,
      }))
    }),
  )
  return {
    tiles,
    columns: computed(() => fit.value.columns),
    size: computed(() => fit.value.size),
    height: computed(() => virtualizer.value.getTotalSize()),
    show: (index: number) => virtualizer.value.scrollToIndex(rowOf(index), { align: 'auto' }),
  }
}
