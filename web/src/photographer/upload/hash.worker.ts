import { expose } from 'comlink'
import { hashFile } from './hash-file.ts'

/** Files are hashed in this worker, one after the other: that is faster than any connection sends them. */
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
