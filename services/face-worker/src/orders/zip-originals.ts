import { MAIN_BUCKET, type Storage } from '@pix/platform/storage.ts'
import { PassThrough, type Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { nameEntries } from './name-entries.ts'

/** One file of the ZIP. */
export interface Original {
  key: string
  fileName: string
  bytes: number
  modifiedAt: Date
}

/**
 * A ZIP of originals as a stream: stored, not compressed (photos are already), ZIP64 where its size asks for it. One
 * original is read at a time, as fast as the ZIP is.
 */
export function zipOriginals(
  storage: Storage,
  originals: readonly Original[],
  { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Readable {
  signal.throwIfAborted()
  const zip = new ZipFile()
  const output = zip.outputStream as PassThrough
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', fail)
  signal.addEventListener('abort', () => fail(signal.reason), { once: true })

  const names = nameEntries(originals.map(original => original.fileName))
  for (const [n, { key, bytes, modifiedAt }] of originals.entries()) {
    const options = { compress: false, size: bytes, mtime: modifiedAt, mode: 0o100644 }
    zip.addReadStreamLazy(names[n]!, options, done => {
      openOriginal(storage, key, onBytes, fail).then(
        stream => done(null, stream),
        (error: unknown) => fail(error),
      )
    })
  }
  zip.end()
  return output
}

async function openOriginal(
  storage: Storage,
  key: string,
  onBytes: (bytes: number) => void,
  fail: (error: unknown) => void,
): Promise<Readable> {
  const object = await storage.get(MAIN_BUCKET, key)
  if (!object) throw new Error(`the original ${key} is not in storage`)
  const counted = new PassThrough()
  object.body.on('data', (chunk: Buffer) => onBytes(chunk.length))
  object.body.on('error', fail)
  return object.body.pipe(counted)
}
