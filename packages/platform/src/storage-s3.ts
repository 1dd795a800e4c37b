import { Client, S3Error } from 'minio'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { findEncryptionFault } from './bucket-encryption.ts'
import { attachment } from './content-disposition.ts'
import { BUCKETS, checkKey, checkPrefix, oldestOf } from './storage.ts'
import type { Bucket, ByteRange, ListedObject, ObjectFacts, OpenObject, SignedUrlOptions, Storage } from './storage.ts'

export interface S3Options {
  /** How the programs reach it, as `http://host:port`. */
  endpoint: string
  /** How a browser reaches it: presigned URLs are made for this host. */
  publicUrl: string
  region: string
  accessKey: string
  secretKey: string
  /** For tests that must not see each other's objects. */
  bucketPrefix?: string
}

/** S3's least part size; what an upload of unknown length holds in memory. 10,000 parts make 48 GB. */
const PART_BYTES = 5 * 1024 * 1024

const MISSING = new Set(['NoSuchKey', 'NotFound'])
const isMissing = (error: unknown) => error instanceof S3Error && MISSING.has(error.code ?? '')
const orNull = (error: unknown) => {
  if (isMissing(error)) return null
  throw error
}

function connect(url: string, { region, accessKey, secretKey }: S3Options): Client {
  const { hostname, port, protocol } = new URL(url)
  const useSSL = protocol === 'https:'
  const endPoint = hostname.replaceAll(/[[\]]/g, '')
  return new Client({ endPoint, port: Number(port) || (useSSL ? 443 : 80), useSSL, region, accessKey, secretKey })
}

function factsOf({ headers }: IncomingMessage): ObjectFacts {
  return {
    size: Number(headers['content-range']?.split('/')[1] ?? headers['content-length']),
    contentType: headers['content-type'] ?? 'application/octet-stream',
    etag: (headers.etag ?? '').replaceAll('"', ''),
    modifiedAt: new Date(headers['last-modified'] ?? 0),
  }
}

/** Parts' buffers that wait for the next upload: made again for each, they would have the collector run all the time. */
const spare: Buffer[] = []
const MOST_SPARE = 8

/**
 * Pieces of exactly PART_BYTES, the last one shorter; one empty piece for an empty stream. All of them lie in one
 * buffer, which bounds an upload's memory: each must be sent before the next is asked for, and none is valid once the
 * generator has ended.
 */
async function* inParts(body: Readable): AsyncGenerator<Buffer> {
  const part = spare.pop() ?? Buffer.allocUnsafeSlow(PART_BYTES)
  try {
    let filled = 0
    for await (const chunk of body) {
      for (let bytes = chunk as Buffer; bytes.length > 0;) {
        const copied = bytes.copy(part, filled)
        filled += copied
        bytes = bytes.subarray(copied)
        if (filled < PART_BYTES) continue
        yield part
        filled = 0
      }
    }
    yield part.subarray(0, filled)
  } finally {
    if (spare.length < MOST_SPARE) spare.push(part)
  }
}

/** Any server that speaks S3 (MinIO, versitygw, the clouds'). */
export function s3Storage(options: S3Options): Storage {
  const client = connect(options.endpoint, options)
  const signer = connect(options.publicUrl, options)
  const named = (bucket: Bucket) => `${options.bucketPrefix ?? ''}${bucket}`

  async function putPart(bucketName: string, objectName: string, uploadId: string, part: number, bytes: Buffer) {
    const query = `partNumber=${part}&uploadId=${encodeURIComponent(uploadId)}`
    const headers = { 'Content-Length': bytes.length }
    const { headers: answer } = await client.makeRequestAsyncOmit(
      { method: 'PUT', bucketName, objectName, query, headers },
      bytes,
    )
    return { part, etag: String(answer.etag).replaceAll('"', '') }
  }

  /** Our own loop rather than the client's: that one resumes whatever half upload has the same key, and hangs when the source fails. */
  async function putMany(
    bucket: string,
    key: string,
    first: Buffer,
    rest: AsyncGenerator<Buffer>,
    contentType: string,
  ) {
    const uploadId = await client.initiateNewMultipartUpload(bucket, key, { 'content-type': contentType })
    try {
      const done = [await putPart(bucket, key, uploadId, 1, first)]
      let size = first.length
      for await (const bytes of rest) {
        if (bytes.length === 0) continue
        done.push(await putPart(bucket, key, uploadId, done.length + 1, bytes))
        size += bytes.length
      }
      const { etag } = await client.completeMultipartUpload(bucket, key, uploadId, done)
      return { size, etag: etag.replaceAll('"', '') }
    } catch (error) {
      await client.abortMultipartUpload(bucket, key, uploadId).catch(() => undefined) // the first fault is the one to throw
      throw error
    }
  }

  async function put(bucket: Bucket, key: string, body: Readable | Buffer, { contentType }: { contentType: string }) {
    checkKey(key)
    const parts = inParts(Buffer.isBuffer(body) ? Readable.from([body]) : body)
    try {
      const { value: first = Buffer.alloc(0) } = await parts.next()
      if (first.length === PART_BYTES) return await putMany(named(bucket), key, first, parts, contentType)
      const { etag } = await client.putObject(named(bucket), key, first, first.length, { 'Content-Type': contentType })
      return { size: first.length, etag }
    } finally {
      await parts.return(undefined)
    }
  }

  async function get(bucket: Bucket, key: string, range?: ByteRange): Promise<OpenObject | null> {
    checkKey(key)
    const headers = range ? { range: `bytes=${range.start}-${range.end ?? ''}` } : {}
    const request = { method: 'GET', bucketName: named(bucket), objectName: key, headers }
    const body = await client.makeRequestAsync(request, '', [200, 206]).catch((error: unknown) => {
      if (error instanceof S3Error && error.code === 'InvalidRange')
        throw new RangeError('the range starts behind the last byte')
      return orNull(error)
    })
    return body && { ...factsOf(body), length: Number(body.headers['content-length']), body }
  }

  async function head(bucket: Bucket, key: string): Promise<ObjectFacts | null> {
    checkKey(key)
    const answer = await client
      .makeRequestAsync({ method: 'HEAD', bucketName: named(bucket), objectName: key })
      .catch(orNull)
    answer?.resume()
    return answer && factsOf(answer)
  }

  async function* list(bucket: Bucket, prefix: string): AsyncGenerator<ListedObject> {
    for await (const item of client.listObjectsV2(named(bucket), checkPrefix(prefix), true) as Readable) {
      const { name, size, lastModified } = item as { name: string; size: number; lastModified: Date }
      yield { key: name, size, modifiedAt: lastModified }
    }
  }

  async function prepare() {
    let fault: string | null = null
    for (const bucket of BUCKETS.map(named)) {
      if (!(await client.bucketExists(bucket))) await client.makeBucket(bucket, options.region).catch(ownedAlready)
      fault ??= await findEncryptionFault(client, bucket)
    }
    return fault
  }

  return {
    driver: 's3',
    // The server forgets unfinished uploads by itself.
    tidy: async () => undefined,
    prepare,
    put,
    get,
    head,
    list,
    ping: async () => {
      if (!(await client.bucketExists(named(BUCKETS[0])))) throw new Error(`there is no bucket ${named(BUCKETS[0])}`)
    },
    exists: async (bucket, key) => (await head(bucket, key)) !== null,
    delete: async (bucket, keys) => {
      const names = (typeof keys === 'string' ? [keys] : [...keys]).map(checkKey)
      const answers = names.length > 0 ? await client.removeObjects(named(bucket), names) : []
      const failed = answers.find(answer => answer?.Error)?.Error
      if (failed) throw new Error(`deleting ${failed.Key} failed: ${failed.Code}`)
    },
    oldest: (bucket, prefix) => oldestOf(list(bucket, prefix)),
    signedGetUrl: async (bucket, key, { expiresSeconds, filename, contentType }: SignedUrlOptions) =>
      signer.presignedGetObject(named(bucket), checkKey(key), expiresSeconds, {
        ...(filename !== undefined && { 'response-content-disposition': attachment(filename) }),
        ...(contentType !== undefined && { 'response-content-type': contentType }),
      }),
  }
}

function ownedAlready(error: unknown): void {
  if (error instanceof S3Error && /^Bucket(AlreadyOwnedByYou|AlreadyExists)$/.test(error.code ?? '')) return
  throw error
}
