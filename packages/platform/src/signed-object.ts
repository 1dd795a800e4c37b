import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Readable } from 'node:stream'
import { parseRange } from './byte-range.ts'
import { attachment } from './content-disposition.ts'
import { BUCKETS, checkKey } from './storage.ts'
import type { Bucket, ObjectFacts, SignedUrlOptions, Storage } from './storage.ts'

export interface Signer {
  /** Origin under which the api's `/objects` route is reached. */
  publicUrl: string
  signingKey: string
  now: () => Date
}

interface Target {
  bucket: Bucket
  key: string
}

/** What a route sends as it is. Refusals have no body: 403 forged or expired, 404 missing, 416 impossible range. */
export interface SignedAnswer {
  status: 200 | 206 | 403 | 404 | 416
  headers: Record<string, string>
  body: Readable | null
}

/** One line per field, so that no field can pose as another. */
function signatureOf(signingKey: string, fields: readonly string[]): string {
  return createHmac('sha256', signingKey).update(JSON.stringify(fields)).digest('base64url')
}

/** `<publicUrl>/objects/<bucket>/<key>?expires=<unix seconds>&…&signature=…`: the folder's stand-in for S3's presigned URLs. */
export function signedObjectUrl(
  { publicUrl, signingKey, now }: Signer,
  { bucket, key }: Target,
  options: SignedUrlOptions,
): string {
  const expires = String(Math.floor(now().getTime() / 1000) + options.expiresSeconds)
  const { filename = '', contentType = '' } = options
  const signature = signatureOf(signingKey, [bucket, key, expires, filename, contentType])
  const query = new URLSearchParams({
    expires,
    ...(filename && { filename }),
    ...(contentType && { type: contentType }),
    signature,
  })
  return `${publicUrl.replace(/\/$/, '')}/objects/${bucket}/${key}?${query}`
}

/** Who the signature lets through. An HMAC compared in constant time; the key is never looked at before it holds. */
function isAllowed(
  { signingKey, now }: Signer,
  { bucket, key }: { bucket: string; key: string },
  query: URLSearchParams,
): boolean {
  const [expires, filename, type] = ['expires', 'filename', 'type'].map(name => query.get(name) ?? '') as [
    string,
    string,
    string,
  ]
  const expected = Buffer.from(signatureOf(signingKey, [bucket, key, expires, filename, type]))
  // As text: several spellings of base64url decode to the same bytes, and only ours may pass.
  const given = Buffer.from(query.get('signature') ?? '')
  return (
    given.length === expected.length && timingSafeEqual(given, expected) && now().getTime() < Number(expires) * 1000
  )
}

const refused = (status: 403 | 404 | 416, headers: Record<string, string> = {}): SignedAnswer => ({
  status,
  headers,
  body: null,
})

/** `If-Range` (RFC 9110 §13.1.5): a strong ETag or the exact date of last change. */
const isSame = ({ etag, modifiedAt }: ObjectFacts, ifRange: string | undefined): boolean =>
  ifRange === undefined || ifRange === `"${etag}"` || ifRange === modifiedAt.toUTCString()

/**
 * Answers `GET /objects/<bucket>/<key>?…` of the file-system driver, with ranges, so that a broken download resumes.
 *
 * @param url path and query as received, e.g. `/objects/thepixstock/events/…?expires=…`
 * @param range the request's `Range` header
 * @param ifRange the request's `If-Range`: the part is wanted of the same object only, else the whole
 */
export async function openSignedObject(
  storage: Storage,
  signer: Signer,
  url: string,
  range?: string,
  ifRange?: string,
): Promise<SignedAnswer> {
  const { pathname, searchParams } = new URL(url, 'http://objects')
  const [, , bucketName = '', ...parts] = pathname.split('/')
  const bucket = BUCKETS.find(name => name === bucketName)
  const key = parts.join('/')
  if (!bucket || !isAllowed(signer, { bucket, key }, searchParams)) return refused(403)

  const facts = await storage.head(bucket, checkKey(key))
  if (!facts) return refused(404)
  const wanted = isSame(facts, ifRange) ? parseRange(range, facts.size) : 'whole'
  if (wanted === 'unsatisfiable') return refused(416, { 'content-range': `bytes */${facts.size}` })
  const object = await storage.get(bucket, key, wanted === 'whole' ? undefined : wanted)
  if (!object) return refused(404)

  const filename = searchParams.get('filename')
  const headers: Record<string, string> = {
    'content-type': searchParams.get('type') ?? object.contentType,
    'content-length': String(object.length),
    'accept-ranges': 'bytes',
    etag: `"${object.etag}"`,
    'last-modified': object.modifiedAt.toUTCString(),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    ...(filename && { 'content-disposition': attachment(filename) }),
  }
  if (wanted === 'whole') return { status: 200, headers, body: object.body }
  return {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${wanted.start}-${wanted.end}/${facts.size}` },
    body: object.body,
  }
}
