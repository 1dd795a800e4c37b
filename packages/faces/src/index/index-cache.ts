import type { EventIndex } from './event-index.ts'

/** The event indexes held by one search process, within a memory budget. */
export interface IndexCache {
  /** The event's index, loaded when it is not held; loads of one event that overlap are one load. */
  take(eventId: string): Promise<EventIndex>
  /** The event's index when it is held; it counts as used. */
  held(eventId: string): EventIndex | undefined
  drop(eventId: string): void
  /** Memory of all indexes held, in bytes; measured again at each call as indexes grow in place. */
  readonly bytes: number
  readonly eventIds: string[]
}

/**
 * Keeps the most recently used indexes within `budgetBytes`. The one just taken is always kept, even when it alone is
 * larger than the budget: refusing it would make its event unsearchable. An index that was dropped stays valid for
 * the callers that still hold it.
 *
 * @param load brings an event's index from its snapshot or the database; a failure is not remembered
 */
export function createIndexCache(budgetBytes: number, load: (eventId: string) => Promise<EventIndex>): IndexCache {
  /** In order of last use, oldest first: a Map keeps the order of insertion. */
  const indexes = new Map<string, EventIndex>()
  const loads = new Map<string, Promise<EventIndex>>()

  const total = () => [...indexes.values()].reduce((sum, index) => sum + index.bytes, 0)

  function touch(eventId: string, index: EventIndex): EventIndex {
    indexes.delete(eventId)
    indexes.set(eventId, index)
    for (const oldest of indexes.keys()) {
      if (oldest === eventId || total() <= budgetBytes) break
      indexes.delete(oldest)
    }
    return index
  }

  function held(eventId: string): EventIndex | undefined {
    const index = indexes.get(eventId)
    return index && touch(eventId, index)
  }

  function startLoad(eventId: string): Promise<EventIndex> {
    const loading: Promise<EventIndex> = load(eventId)
      .then(index => (loads.get(eventId) === loading ? touch(eventId, index) : index))
      .finally(() => {
        if (loads.get(eventId) === loading) loads.delete(eventId)
      })
    loads.set(eventId, loading)
    return loading
  }

  return {
    take: async eventId => held(eventId) ?? loads.get(eventId) ?? startLoad(eventId),
    held,
    drop(eventId) {
      indexes.delete(eventId)
      loads.delete(eventId)
    },
    get bytes() {
      return total()
    },
    get eventIds() {
      return [...indexes.keys()]
    },
  }
}
