import { onScopeDispose, ref, watch, type Ref } from 'vue'

/**
 * Where a grid begins on the page and how wide it is, in pixels of the page: what a list of rows needs of which only
 * those near the screen are there. Both are 0 until the grid is there.
 */
export function usePagePlace(grid: Ref<HTMLElement | null>) {
  const width = ref(0)
  const top = ref(0)
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
  return { width, top }
}
