import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { PassThrough, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** One file of the ZIP. */
export interface Original {
  key: string
  /** In the ZIP: no other has the same. */
  name: string
  bytes: number
  modifiedAt: Date
}

/**
 * A ZIP of originals as a stream: stored, not compressed (photos are already), ZIP64 where its size asks for it. One
 * original is read at a time, as fast as the ZIP is. However the stream ends, it leaves nothing open and nobody
 * listening.
 */
export function zipOriginals(
  storage: Storage,
  originals: readonly Original[],
  { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Readable {
  signal.throwIfAborted()
  const zip = new ZipFile()
  const output = zip.outputStream as PassThrough
  let source: Readable | undefined
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)))
  const onAbort = () => fail(signal.reason)
  zip.on('error', fail)
  signal.addEventListener('abort', onAbort, { once: true })
  output.once('close', () => {
    signal.removeEventListener('abort', onAbort)
    source?.destroy()
  })

  const open = async (key: string): Promise<Readable> => {
    const object = await storage.get(MAIN_BUCKET, key)
    if (!object) throw new Error(`the original ${key} is not in storage`)
    source = object.body
    if (output.destroyed) source.destroy()
    const counted = new PassThrough()
    source.on('data', (chunk: Buffer) => onBytes(chunk.length))
    source.on('error', fail)
    return source.pipe(counted)
  }

  for (const { key, name, bytes, modifiedAt } of originals) {
    const options = { compress: false, size: bytes, mtime: modifiedAt, mode: 0o100644 }
    zip.addReadStreamLazy(name, options, done => {
      open(key).then(stream => done(null, stream), fail)
    })
  }
  zip.end()
  return output
}
