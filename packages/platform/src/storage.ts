import type { Readable } from 'node:stream'

/** What is kept: originals, derivatives, ZIPs. */
export const MAIN_BUCKET = 'thepixstock'
/** What must vanish (selfies, index snapshots, half uploads): no versions, mirror or backup (spec/20 "Objects"). */
export const VANISHING_BUCKET = 'thepixstock-vanishing'
export const BUCKETS = [MAIN_BUCKET, VANISHING_BUCKET] as const
export type Bucket = (typeof BUCKETS)[number]

export interface ObjectFacts {
  /** bytes */
  size: number
  contentType: string
  /** Without quotes; changes whenever the bytes do. */
  etag: string
  modifiedAt: Date
}

export interface ListedObject {
  key: string
  size: number
  modifiedAt: Date
}

/** Both ends inclusive, as in HTTP; without `end` up to the last byte. */
export interface ByteRange {
  start: number
  end?: number
}

export interface OpenObject extends ObjectFacts {
  /** Bytes that `body` yields: the range's, or all. */
  length: number
  /** Destroy it when it is not read to its end. */
  body: Readable
}

export interface SignedUrlOptions {
  /** For starting the download; one that runs may finish later. */
  expiresSeconds: number
  /** Offered to the visitor when saving; may hold any characters. */
  filename?: string
  contentType?: string
}

/**
 * Object storage as every program here sees it. Two drivers pass the same suite (`storage.contract.ts`):
 * S3 (`storage-s3.ts`) and a folder (`storage-fs.ts`). A missing object is an answer (`null`); a storage that
 * cannot be reached throws.
 */
export interface Storage {
  readonly driver: 's3' | 'fs'
  /**
   * Makes the buckets, and has them encrypted at rest. Safe to repeat.
   *
   * @returns null, or why what is stored here is not encrypted: the end of a sentence
   */
  prepare(): Promise<string | null>
  /** Removes what programs that died have half written. Safe to repeat; what is being written stays. */
  tidy(): Promise<void>
  /** Throws when the storage cannot answer now: what `/readyz` asks. */
  ping(): Promise<void>
  /**
   * Stores bytes under a key, replacing what was there, with at most a few MB in memory. When the stream fails or
   * is destroyed early it throws that error and leaves nothing new behind.
   */
  put(
    bucket: Bucket,
    key: string,
    body: Readable | Buffer,
    options: { contentType: string },
  ): Promise<{ size: number; etag: string }>
  /** @throws RangeError when the range starts behind the last byte */
  get(bucket: Bucket, key: string, range?: ByteRange): Promise<OpenObject | null>
  head(bucket: Bucket, key: string): Promise<ObjectFacts | null>
  exists(bucket: Bucket, key: string): Promise<boolean>
  /** A key that is not there is no error. */
  delete(bucket: Bucket, keys: string | readonly string[]): Promise<void>
  /** Every object whose key begins with the prefix, in no promised order. */
  list(bucket: Bucket, prefix: string): AsyncIterable<ListedObject>
  /** The object that has lain there longest: what the sweep's metric shows. */
  oldest(bucket: Bucket, prefix: string): Promise<ListedObject | null>
  /** A URL by which anybody gets this one object until it expires. Says nothing about existence. */
  signedGetUrl(bucket: Bucket, key: string, options: SignedUrlOptions): Promise<string>
}

/**
 * Keys are ours, never a visitor's: `/`-separated parts of letters, digits, `.`, `_` and `-`, none starting with a dot.
 * So no key can leave its bucket in either driver.
 * @throws RangeError otherwise: a bug in the caller, or a forged URL
 */
export function checkKey(key: string): string {
  const sound = key.length <= 512 && /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/.test(key)
  if (!sound) throw new RangeError('this is not an object key')
  return key
}

/** Like {@link checkKey} for the beginning of keys: empty, a whole key, or ending in `/`. */
export function checkPrefix(prefix: string): string {
  if (prefix !== '') checkKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix)
  return prefix
}

/** The whole object in memory: for things known to be small (a selfie, a thumbnail). */
export async function readWhole(storage: Storage, bucket: Bucket, key: string): Promise<Buffer | null> {
  const object = await storage.get(bucket, key)
  if (!object) return null
  const parts: Buffer[] = []
  for await (const part of object.body) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

export async function listAll(storage: Storage, bucket: Bucket, prefix: string): Promise<ListedObject[]> {
  const objects: ListedObject[] = []
  for await (const object of storage.list(bucket, prefix)) objects.push(object)
  return objects
}

export async function oldestOf(objects: AsyncIterable<ListedObject>): Promise<ListedObject | null> {
  let oldest: ListedObject | null = null
  for await (const object of objects) if (!oldest || object.modifiedAt < oldest.modifiedAt) oldest = object
  return oldest
}
