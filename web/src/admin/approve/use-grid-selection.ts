import { computed, shallowRef, watch } from 'vue'

/**
 * A cursor and a selection over a list, as a file manager has them: plain moves carry the cursor alone, Shift stretches
 * the selection from where the range began. Without a selection an action is for the cursor's photo.
 */
export function useGridSelection(ids: () => readonly string[]) {
  const cursor = shallowRef(0)
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  let anchor: number | undefined

  watch(ids, list => {
    cursor.value = Math.max(0, Math.min(cursor.value, list.length - 1))
  })

  function moveTo(index: number, range = false) {
    const to = Math.max(0, Math.min(ids().length - 1, index))
    if (range) {
      anchor ??= cursor.value
      selected.value = new Set(ids().slice(Math.min(anchor, to), Math.max(anchor, to) + 1))
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
    anchor = index
  }

  function clear() {
    selected.value = new Set()
    anchor = undefined
  }

  function selectAll() {
    selected.value = new Set(ids())
  }

  /** What an action is for, in the list's order. */
  const targets = computed(() => {
    if (selected.value.size > 0) return ids().filter(id => selected.value.has(id))
    const id = ids()[cursor.value]
    return id === undefined ? [] : [id]
  })

  return { cursor, selected, targets, moveTo, toggle, clear, selectAll }
}
