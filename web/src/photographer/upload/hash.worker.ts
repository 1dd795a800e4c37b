import { expose } from 'comlink'
import { hashFile } from './hash-file.ts'

/** Files are hashed beside the page, one after the other: faster than any line that they are sent over. */
let before: Promise<unknown> = Promise.resolve()

const hasher = {
  hash(file: Blob): Promise<string> {
    const hashed = before.then(() => hashFile(file))
    before = hashed.catch(() => undefined)
    return hashed
  },
}
export type Hasher = typeof hasher

expose(hasher)
