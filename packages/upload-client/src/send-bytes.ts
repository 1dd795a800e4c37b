import { ProblemError } from '@pix/contracts/client.ts'
import type { ProblemCode } from '@pix/contracts/problem-codes.ts'
import { OUTCOME_HEADERS } from '@pix/contracts/uploads.ts'
import { DetailedError, type HttpResponse, Upload } from 'tus-js-client'

export interface Sending {
  /** A file of the browser, bytes, or a stream that names a file. */
  source: Upload['file']
  /** As the shop shows it. */
  fileName: string
  eventId: string
  /** `https://shop/api/uploads` */
  endpoint: string
  /** Where it goes on; without one it begins. */
  address: string | undefined
  /** What each request carries. */
  headers: () => Record<string, string>
  /** Its address is known from now on. */
  begun: (address: string) => void
  /** Bytes that left this machine, with those that the shop had before. */
  onProgress?: (bytes: number) => void
  signal?: AbortSignal
}

export interface Answer {
  outcome: 'stored' | 'duplicate'
  photoId: string
  /** SHA-256 of all bytes that the shop has. */
  sha256: string
}

/**
 * Sends one file, or the rest of it, in one try. It runs in Node and in the browser. An upload that the shop does not
 * know any more begins again.
 *
 * @throws ProblemError as a call of the api does; the signal's reason when aborted
 */
export async function sendBytes(sending: Sending): Promise<Answer> {
  try {
    return await attempt(sending)
  } catch (error) {
    const isGone = error instanceof ProblemError && error.status === 404 && sending.address !== undefined
    if (!isGone) throw error
    return attempt({ ...sending, address: undefined })
  }
}

function attempt({ source, fileName, eventId, endpoint, address, headers, ...listener }: Sending): Promise<Answer> {
  const { begun, onProgress = null, signal } = listener
  return new Promise<Answer>((resolve, reject) => {
    const upload = new Upload(source, {
      // With both, the library would begin a second upload at any fault of the first.
      ...(address === undefined ? { endpoint } : { uploadUrl: address }),
      metadata: { eventId, filename: fileName },
      storeFingerprintForResuming: false,
      retryDelays: null,
      onBeforeRequest: request => {
        for (const [name, value] of Object.entries(headers())) request.setHeader(name, value)
      },
      onUploadUrlAvailable: () => {
        if (upload.url !== null && upload.url !== address) begun(upload.url)
      },
      onProgress,
      onSuccess: ({ lastResponse }) => settle(() => resolve(answerOf(lastResponse))),
      onError: error => settle(() => reject(problemOf(error))),
    })
    const settle = (end: () => void) => {
      signal?.removeEventListener('abort', stop)
      end()
    }
    const stop = () => {
      void upload.abort()
      reject(signal?.reason as Error)
    }
    if (signal?.aborted) return reject(signal.reason as Error)
    signal?.addEventListener('abort', stop, { once: true })
    upload.start()
  })
}

const answerOf = (response: HttpResponse): Answer => ({
  outcome: response.getHeader(OUTCOME_HEADERS.outcome) === 'duplicate' ? 'duplicate' : 'stored',
  photoId: response.getHeader(OUTCOME_HEADERS.photoId) ?? '',
  sha256: response.getHeader(OUTCOME_HEADERS.sha256) ?? '',
})

/** What a HEAD is refused for, whose answer has no body. */
const CODES: Partial<Record<number, ProblemCode>> = {
  401: 'unauthorized',
  403: 'email_not_verified',
  404: 'not_found',
  409: 'uploads_closed',
  429: 'rate_limited',
}

function problemOf(error: Error | DetailedError): Error {
  if (!(error instanceof DetailedError)) return error
  const response = error.originalResponse
  if (!response) return new ProblemError({ code: 'network', status: 0 })
  const status = response.getStatus()
  return new ProblemError(
    { code: codeOf(response.getBody()) ?? CODES[status] ?? 'unavailable', status },
    Number(response.getHeader('retry-after')) || undefined,
  )
}

function codeOf(body: string): ProblemCode | undefined {
  try {
    return (JSON.parse(body) as { code?: ProblemCode }).code
  } catch {
    return undefined
  }
}
