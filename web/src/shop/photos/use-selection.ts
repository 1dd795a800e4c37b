import { shallowRef } from 'vue'

/** Ids somebody ticked. A new set each time, so that what depends on it sees the change. */
export function useSelection() {
  const selected = shallowRef<ReadonlySet<string>>(new Set())

  function pick(ids: readonly string[], on: boolean) {
    const next = new Set(selected.value)
    for (const id of ids) {
      if (on) next.add(id)
      else next.delete(id)
    }
    selected.value = next
  }

  function select(ids: Iterable<string>) {
    selected.value = new Set(ids)
  }
  return { selected, pick, select }
}
