import { computed, shallowRef, watch } from 'vue'

/**
 * A cursor and a selection over a list, as a file manager has them: plain moves carry the cursor alone, Shift stretches
 * the selection from where the range began. Without a selection an action is for the cursor's photo. Where the list changes,
 * cursor and selection stay with their photos.
 */
export function useGridSelection(ids: () => readonly string[]) {
  const cursor = shallowRef(0)
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  /** The photo from which Shift stretches. */
  let anchor: string | undefined

  // This happens at once, since a key may come before the page is drawn again.
  watch(
    ids,
    (list, before) => {
      const there = new Map(list.map((id, at) => [id, at]))
      const next = before.slice(cursor.value).find(id => there.has(id))
      cursor.value = next === undefined ? Math.max(0, Math.min(cursor.value, list.length - 1)) : there.get(next)!
      const kept = [...selected.value].filter(id => there.has(id))
      if (kept.length < selected.value.size) selected.value = new Set(kept)
    },
    { flush: 'sync' },
  )

  function moveTo(index: number, range = false) {
    const to = Math.max(0, Math.min(ids().length - 1, index))
    if (range) {
      anchor ??= ids()[cursor.value]
      const from = ids().indexOf(anchor ?? '')
      selected.value = new Set(from < 0 ? [] : ids().slice(Math.min(from, to), Math.max(from, to) + 1))
    } else anchor = undefined
    cursor.value = to
  }

  function toggle(index: number) {
    const id = ids()[index]
    if (id === undefined) return
    const after = new Set(selected.value)
    if (!after.delete(id)) after.add(id)
    selected.value = after
    cursor.value = index
    anchor = id
  }

  function clear() {
    selected.value = new Set()
    anchor = undefined
  }

  function selectAll() {
    selected.value = new Set(ids())
  }

  /** The photos that an action applies to, in the list's order. */
  const targets = computed(() => {
    if (selected.value.size > 0) return ids().filter(id => selected.value.has(id))
    const id = ids()[cursor.value]
    return id === undefined ? [] : [id]
  })

  return { cursor, selected, targets, moveTo, toggle, clear, selectAll }
}
