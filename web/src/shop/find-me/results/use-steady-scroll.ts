import { onMounted, onUnmounted, type Ref, watch } from 'vue'

/**
 * What lies below a part of the page stays where it is seen while that part grows or shrinks.
 *
 * @param isNeeded whether anything lies below it that somebody may be looking at
 */
export function useSteadyScroll(part: Readonly<Ref<HTMLElement | null>>, isNeeded: () => boolean): void {
  /** px */
  let height: number | undefined
  const resized = new ResizeObserver(([entry]) => {
    const now = entry!.borderBoxSize[0]!.blockSize
    if (height !== undefined && now !== height && isNeeded()) scrollBy({ top: now - height, behavior: 'instant' })
    height = now
  })
  watch(
    part,
    element => {
      resized.disconnect()
      height = undefined
      if (element) resized.observe(element)
    },
    { flush: 'post' },
  )
  // Some browsers do the same by themselves: it must not be done twice.
  const { style } = document.documentElement
  onMounted(() => style.setProperty('overflow-anchor', 'none'))
  onUnmounted(() => {
    style.removeProperty('overflow-anchor')
    resized.disconnect()
  })
}
