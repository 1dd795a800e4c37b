import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { signedObjectUrl } from './signed-object.ts'
import { BUCKETS, checkKey, checkPrefix, oldestOf } from './storage.ts'
import type { Bucket, ByteRange, ListedObject, ObjectFacts, OpenObject, Storage } from './storage.ts'

export interface FsOptions {
  /** A folder of our own; made when missing. */
  root: string
  /** Where the api's `/objects` route is reached by a browser. */
  publicUrl: string
  signingKey: string
  now?: () => Date
}

/** A half-written file to which nothing was added for so long belongs to a program that died. */
const LEFT_OVER_MS = 55 * 60 * 1000

const isMissing = (error: unknown) =>
  ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
const orNull = (error: unknown) => {
  if (isMissing(error)) return null
  throw error
}

/**
 * The same storage in a folder, for a machine without an S3 server. Bytes lie at `<root>/<bucket>/<key>`, their content
 * type beside them under `<root>/types`. A file appears under its key only when it is whole and on the disk.
 */
export function fsStorage({ root, publicUrl, signingKey, now = () => new Date() }: FsOptions): Storage {
  const incoming = join(root, 'incoming')
  const pathOf = (bucket: Bucket, key: string) => join(root, bucket, checkKey(key))
  const typePathOf = (bucket: Bucket, key: string) => join(root, 'types', bucket, checkKey(key))

  async function put(bucket: Bucket, key: string, body: Readable | Buffer, { contentType }: { contentType: string }) {
    const target = pathOf(bucket, key)
    const half = join(incoming, randomUUID())
    try {
      await pipeline(Buffer.isBuffer(body) ? Readable.from([body]) : body, createWriteStream(half))
      await flushToDisk(half)
      await write(typePathOf(bucket, key), contentType)
      await mkdir(dirname(target), { recursive: true })
      await rename(half, target)
    } catch (error) {
      await rm(half, { force: true })
      throw error
    }
    const { size, etag } = factsOf(await stat(target), contentType)
    return { size, etag }
  }

  async function head(bucket: Bucket, key: string): Promise<ObjectFacts | null> {
    const found = await stat(pathOf(bucket, key)).catch(orNull)
    if (!found?.isFile()) return null
    const contentType = await readFile(typePathOf(bucket, key), 'utf8').catch(orNull)
    return factsOf(found, contentType ?? 'application/octet-stream')
  }

  async function get(bucket: Bucket, key: string, range?: ByteRange): Promise<OpenObject | null> {
    const facts = await head(bucket, key)
    const file = facts && (await open(pathOf(bucket, key)).catch(orNull))
    if (!facts || !file) return null
    const start = range?.start ?? 0
    const end = Math.min(range?.end ?? facts.size - 1, facts.size - 1)
    if (range && start >= facts.size) {
      await file.close()
      throw new RangeError('the range starts behind the last byte')
    }
    // An open file stays readable when the object is replaced or deleted meanwhile.
    const body = facts.size === 0 ? Readable.from([]) : file.createReadStream({ start, end })
    if (facts.size === 0) await file.close()
    return { ...facts, length: end - start + 1, body }
  }

  async function* list(bucket: Bucket, prefix: string): AsyncGenerator<ListedObject> {
    const folder = checkPrefix(prefix).slice(0, prefix.lastIndexOf('/') + 1)
    const base = join(root, bucket, folder)
    const entries = await readdir(base, { recursive: true, withFileTypes: true }).catch(orNull)
    for (const entry of entries ?? []) {
      const path = join(entry.parentPath, entry.name)
      const key = path.slice(join(root, bucket).length + 1).replaceAll('\\', '/')
      const facts = entry.isFile() && key.startsWith(prefix) && (await stat(path).catch(orNull))
      if (facts) yield { key, size: facts.size, modifiedAt: facts.mtime }
    }
  }

  async function prepare() {
    for (const folder of [incoming, ...BUCKETS.map(bucket => join(root, bucket))])
      await mkdir(folder, { recursive: true })
    await tidy()
    return 'STORAGE_DRIVER=fs keeps them in a folder as they are'
  }

  async function tidy() {
    for (const name of await readdir(incoming)) {
      const half = join(incoming, name)
      const found = await stat(half).catch(orNull)
      if (found && now().getTime() - found.mtimeMs > LEFT_OVER_MS) await rm(half, { force: true })
    }
  }

  return {
    driver: 'fs',
    prepare,
    tidy,
    put,
    get,
    head,
    list,
    ping: async () => void (await stat(incoming)),
    exists: async (bucket, key) => (await head(bucket, key)) !== null,
    delete: async (bucket, keys) => {
      for (const key of typeof keys === 'string' ? [keys] : keys) {
        await rm(pathOf(bucket, key), { force: true })
        await rm(typePathOf(bucket, key), { force: true })
      }
    },
    oldest: (bucket, prefix) => oldestOf(list(bucket, prefix)),
    signedGetUrl: async (bucket, key, options) =>
      signedObjectUrl({ publicUrl, signingKey, now }, { bucket, key: checkKey(key) }, options),
  }
}

function factsOf(found: { size: number; mtime: Date; mtimeMs: number; ino: number }, contentType: string): ObjectFacts {
  const etag = `${found.ino.toString(36)}-${Math.round(found.mtimeMs * 1000).toString(36)}-${found.size.toString(36)}`
  return { size: found.size, contentType, etag, modifiedAt: found.mtime }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

async function flushToDisk(path: string): Promise<void> {
  const file = await open(path)
  await file.sync().finally(() => file.close())
}
