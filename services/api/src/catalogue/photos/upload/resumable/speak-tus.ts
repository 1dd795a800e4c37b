import type { ProblemCode } from '@pix/contracts/problem-codes.ts'
import { OUTCOME_HEADERS } from '@pix/contracts/uploads.ts'
import { Server } from '@tus/server'
import type { CallerContext } from '../../../../base/context.ts'
import { Problem } from '../../../../base/problem.ts'
import { UploadStore } from './upload-store.ts'

export interface TusRequest {
  method: string
  /** With the upload's id at its end. */
  path: string
  headers: [name: string, value: string][]
  body: AsyncIterable<Buffer> | null
}

export const UPLOADS_PATH = '/api/uploads'

/**
 * No lock is needed: the row decides between requests that send at once, also of different processes (take-pieces.ts).
 */
const noLock = { newLock: () => ({ lock: async () => undefined, unlock: async () => undefined }) }

/** Refusals that @tus/server itself gives. A status that is missing here is a request that cannot be read. */
const CODES: Partial<Record<number, ProblemCode>> = {
  404: 'not_found',
  409: 'upload_moved_on',
  410: 'not_found',
  412: 'tus_version',
  413: 'file_too_large',
}

/**
 * Answers one request of the tus protocol for its caller. The protocol is @tus/server's; what it does to rows and objects is
 * the store's.
 *
 * @throws Problem or whatever else kept it from succeeding
 */
export async function speakTus(ctx: CallerContext, { method, path, headers, body }: TusRequest): Promise<Response> {
  const store = new UploadStore(ctx)
  let fault: unknown
  const server = new Server({
    path: UPLOADS_PATH,
    datastore: store,
    maxSize: ctx.settings.UPLOAD_MAX_BYTES,
    relativeLocation: true,
    namingFunction: () => ctx.newId(),
    locker: noLock,
    onResponseError: (_, error) => {
      fault ??= error
      return undefined
    },
  })
  const watched = body && watch(body, error => (fault = error))
  const request = new Request(new URL(path, ctx.storefront.origin), {
    method,
    headers,
    body: watched as never,
    ...(watched && { duplex: 'half' }),
  })
  const response = await server.handleWeb(request)
  const refusal = await store.taken
  if (response.status >= 400) {
    const cause = refusal ?? fault
    throw cause instanceof Error ? cause : new Problem(CODES[response.status] ?? 'malformed_request')
  }
  const { outcome } = store
  for (const [name, value] of Object.entries(outcome ?? {}))
    response.headers.set(OUTCOME_HEADERS[name as keyof typeof OUTCOME_HEADERS], value)
  return response
}

/** Passes the body on and notes what broke it off, since @tus/server does not say so. */
async function* watch(body: AsyncIterable<Buffer>, broke: (error: unknown) => void): AsyncGenerator<Buffer> {
  try {
    yield* body
  } catch (error) {
    broke(error)
    throw error
  }
}
