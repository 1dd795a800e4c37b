/** Pixels as the file claims them, before any turn. */
export interface Size {
  width: number
  height: number
}

/** What the first bytes of a file say about its picture. */
export interface Header {
  /** Null where it is not in the first bytes; the worker's decode decides then. */
  size: Size | null
  /** Why the picture cannot be taken although its format can. */
  refusal: 'raw_file' | 'unsupported_colors' | null
}

/** True where the head holds these bytes: every read asks first. */
export const holds = (head: Buffer, at: number, length: number): boolean => at >= 0 && at + length <= head.length
