import type { Objects } from './objects.ts'
import type { Headers } from './scene.ts'

/** A valid request, less who sends it. */
export interface Asked {
  /** For the address's names; `*` for its rest. */
  params?: Record<string, string>
  query?: Record<string, string>
  body?: object
  /** A body of bytes that is sent as it is. */
  raw?: string
  form?: [name: string, value: string | Buffer][]
  headers?: Headers
  /** Ids of the scene that an allowed answer shows, and no other. */
  holds?: string[]
}

/** What a browser sends with every request. */
export interface Browser {
  headers: Headers
}

/** The one who sends the request. */
export interface Sender {
  /** Their browser, begun where they have none yet; the request comes from it. */
  browser: () => Promise<Browser>
}

/** Makes a valid request about these objects; `{}` is one without anything. */
export type Ask = (objects: Objects, sender: Sender) => Asked | Promise<Asked>
