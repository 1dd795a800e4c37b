/** What a parent sends its child. */
export type ToChild =
  | { type: 'start'; settings: unknown }
  | { type: 'run'; id: number; data: unknown }
  /** The soft limit: end this work soon. */
  | { type: 'cancel'; id: number }

/** What a child answers. */
export type ToParent =
  | { type: 'ready'; about: unknown }
  | { type: 'done'; id: number; result: unknown }
  | { type: 'failed'; id: number; message: string }
