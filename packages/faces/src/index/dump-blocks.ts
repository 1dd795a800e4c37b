/** The memory of an index as it was at one moment, handed out piece by piece while the index goes on changing. */
export interface BlockDump {
  readonly byteLength: number
  /** Copies, in order. @throws Error once a later dump has begun */
  pieces(): Iterable<Uint8Array>
}

export interface RunningDump extends BlockDump {
  /** To be called before a block changes: one that was not handed out yet is copied first. */
  changing(block: number): void
  /** Nobody tells it of changes any more. */
  end(): void
}

/**
 * @param head what lies before the blocks
 * @param count blocks there are at this moment; later ones are not part of it
 * @param readBlock a copy of a block as it is now
 */
export function beginDump(
  head: Uint8Array,
  { count, bytes, readBlock }: { count: number; bytes: number; readBlock: (block: number) => Uint8Array },
): RunningDump {
  const kept = new Map<number, Uint8Array>()
  let next = 0
  let ended = false

  function end(): void {
    ended = true
    kept.clear()
  }

  return {
    byteLength: head.length + count * bytes,
    changing(block) {
      if (!ended && block >= next && block < count && !kept.has(block)) kept.set(block, readBlock(block))
    },
    end,
    *pieces() {
      try {
        yield head
        while (next < count) {
          if (ended) throw new Error('a later dump has begun')
          const block = kept.get(next) ?? readBlock(next)
          kept.delete(next)
          next += 1
          yield block
        }
      } finally {
        end()
      }
    },
  }
}
