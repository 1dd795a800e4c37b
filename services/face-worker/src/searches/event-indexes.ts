import type { Db } from '@pix/db/client.ts'
import { createEventIndex, type EventIndex, readSnapshot, SnapshotRefused } from '@pix/faces/index/event-index.ts'
import { createIndexCache } from '@pix/faces/index/index-cache.ts'
import type { Log } from '@pix/platform/log.ts'
import { indexSnapshotPrefix } from '@pix/platform/storage-keys.ts'
import { type Storage, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { catchUp } from './catch-up.ts'

export interface IndexDeps {
  db: Db
  storage: Storage
  /** Memory for all indexes together. */
  budgetBytes: number
  log: Log
  /** Rest before a snapshot that failed is tried again; a minute where nothing is said. */
  retryMs?: number
}

/** The face indexes of the events searched lately. PostgreSQL is the truth; snapshots only save the time to load. */
export interface EventIndexes {
  /**
   * The index of an event's faces of one model version, with every change that was committed before this call. Don't
   * keep it over an `await`.
   */
  upToDate(eventId: string, model: string): Promise<EventIndex>
  /** Resolves when no snapshot is being written. */
  settled(): Promise<void>
  readonly bytes: number
}

/** A snapshot is rewritten after this share of its faces changed, and after at least so many changes. */
const STALE_SHARE = 0.1
const STALE_LEAST = 200

/** Tries to write one, and the rest before the next, longer each time. */
const WRITES = 3
const REST_MS = 1_000
/** When all of them failed: the storage is away. Tried again from time to time, whether anything changes or not. */
const RETRY_MS = 60_000

interface State {
  /**
   * Up to which change of its event an index has seen. It may have seen more while it is being brought up to date; what
   * is then read again changes nothing.
   */
  revision: number
  /** Faces that have changed since its snapshot. */
  unsaved: number
  /** One is being written, or will be tried again. */
  saving: boolean
}

export const snapshotKey = (eventId: string, model: string) => `${indexSnapshotPrefix(eventId)}${model}.bin`

/** An event has one index for each model version: two while its photos have just been read again. */
const nameOf = (eventId: string, model: string) => `${eventId} ${model}`
const partsOf = (name: string) => name.split(' ') as [eventId: string, model: string]

export function createEventIndexes(deps: IndexDeps): EventIndexes {
  const { storage, log } = deps
  const states = new WeakMap<EventIndex, State>()
  const cache = createIndexCache(deps.budgetBytes, load)
  /** One catching up per index at a time: an older answer must never be applied after a newer one. */
  const turns = new Map<string, Promise<unknown>>()
  let saving: Promise<unknown> = Promise.resolve()

  async function load(name: string): Promise<EventIndex> {
    const [eventId, model] = partsOf(name)
    const { index, revision } = (await loadSnapshot(eventId, model)) ?? {
      index: createEventIndex({ modelVersion: model }),
      revision: 0,
    }
    states.set(index, { revision, unsaved: 0, saving: false })
    return index
  }

  /** Straight from the storage into the index: a large one is never held twice. */
  async function loadSnapshot(eventId: string, model: string) {
    try {
      const object = await storage.get(VANISHING_BUCKET, snapshotKey(eventId, model))
      return object && (await readSnapshot(object.body, model))
    } catch (error) {
      const refused = error instanceof SnapshotRefused
      log[refused ? 'info' : 'warn']({ err: error, eventId }, 'a snapshot cannot be used: reading the database instead')
      return null
    }
  }

  async function update(eventId: string, model: string): Promise<EventIndex> {
    const index = await cache.take(nameOf(eventId, model))
    const state = states.get(index)!
    const { revision, changed } = await catchUp(deps.db, eventId, index, state.revision)
    state.revision = revision
    state.unsaved += changed
    if (!state.saving && state.unsaved >= Math.max(STALE_LEAST, STALE_SHARE * index.size)) save(eventId, index, state)
    return index
  }

  function save(eventId: string, index: EventIndex, state: State): void {
    state.saving = true
    saving = saving
      .then(() => write(eventId, index, state))
      .then(() => void (state.saving = false))
      .catch((error: unknown) => {
        log.warn({ err: error, eventId }, 'a snapshot could not be written: it is tried again')
        setTimeout(() => saveHeld(eventId, index.modelVersion, state), deps.retryMs ?? RETRY_MS).unref()
      })
  }

  /** What has left the memory meanwhile is written when it has been loaded again. */
  function saveHeld(eventId: string, model: string, state: State): void {
    const index = cache.held(nameOf(eventId, model))
    if (index && states.get(index) === state) save(eventId, index, state)
  }

  /**
   * Writes a snapshot while searches and changes go on. When the storage breaks off it is tried again, with the index
   * as it is by then.
   */
  async function write(eventId: string, index: EventIndex, state: State): Promise<void> {
    for (let number = 1; ; number++) {
      const { unsaved } = state
      const body = Readable.from(index.snapshot(state.revision), { objectMode: false })
      try {
        await storage.put(VANISHING_BUCKET, snapshotKey(eventId, index.modelVersion), body, {
          contentType: 'application/octet-stream',
        })
        state.unsaved -= unsaved
        return
      } catch (error) {
        body.destroy()
        if (number === WRITES) throw error
        log.info({ err: error, eventId }, 'a snapshot is written again')
        await delay(number * REST_MS)
      }
    }
  }

  return {
    upToDate(eventId, model) {
      const name = nameOf(eventId, model)
      const before = turns.get(name) ?? Promise.resolve()
      const turn = before.catch(() => undefined).then(() => update(eventId, model))
      turns.set(name, turn)
      const leave = () => turns.get(name) === turn && turns.delete(name)
      turn.then(leave, leave)
      return turn
    },
    settled: async () => void (await saving),
    get bytes() {
      return cache.bytes
    },
  }
}
