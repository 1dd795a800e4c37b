/** The memory of an index as it was at one moment, handed out piece by piece while the index goes on changing. */
export interface MemoryDump {
  readonly byteLength: number
  /** Copies, in order. @throws Error once a later dump has begun */
  pieces(): Iterable<Uint8Array>
}

export interface RunningDump extends MemoryDump {
  /** To be called before these bytes change: a piece that was not handed out yet is copied first. */
  changing(from: number, to: number): void
  /** It gets no changes any more. */
  end(): void
}

const PIECE = 131_072

/**
 * @param byteLength of the memory at this moment; what comes later behind it is not part of the dump
 * @param read a copy of these bytes as they are now
 */
export function beginDump(byteLength: number, read: (from: number, to: number) => Uint8Array): RunningDump {
  const count = Math.ceil(byteLength / PIECE)
  const kept = new Map<number, Uint8Array>()
  let next = 0
  let ended = false

  const readPiece = (piece: number) => read(piece * PIECE, Math.min(byteLength, (piece + 1) * PIECE))

  function end(): void {
    ended = true
    kept.clear()
  }

  return {
    byteLength,
    changing(from, to) {
      if (ended) return
      const last = Math.min(count, Math.ceil(to / PIECE))
      for (let piece = Math.max(next, Math.floor(from / PIECE)); piece < last; piece += 1) {
        if (!kept.has(piece)) kept.set(piece, readPiece(piece))
      }
    },
    end,
    *pieces() {
      try {
        while (next < count) {
          if (ended) throw new Error('a later dump has begun')
          const bytes = kept.get(next) ?? readPiece(next)
          kept.delete(next)
          next += 1
          yield bytes
        }
      } finally {
        end()
      }
    },
  }
}
