import { createReadStream } from 'node:fs'
import { OUTCOME_HEADERS } from '@pix/contracts/uploads.ts'
import { ProblemError } from '@pix/contracts/client.ts'
import type { ProblemCode } from '@pix/contracts/problem-codes.ts'
import { DetailedError, type HttpResponse, Upload } from 'tus-js-client'

export interface Sending {
  path: string
  /** As the shop shows it. */
  fileName: string
  eventId: string
  /** `https://shop/api/uploads` */
  endpoint: string
  /** Where it goes on; without one it begins. */
  address: string | undefined
  token: () => string
  /** Its address is known from now on. */
  begun: (address: string) => void
}

export interface Answer {
  outcome: 'stored' | 'duplicate'
  /** Of all bytes that the shop has. */
  sha256: string
}

/**
 * Sends one file, or the rest of it, in one try.
 *
 * @throws ProblemError as a call of the api does
 */
export function sendFile({ path, fileName, eventId, endpoint, address, token, begun }: Sending): Promise<Answer> {
  const file = createReadStream(path)
  // tus-js-client reads by path; the stream only names it. One that cannot be opened is told by the upload.
  file.on('error', () => undefined)
  return new Promise<Answer>((resolve, reject) => {
    const upload = new Upload(file as never, {
      endpoint,
      uploadUrl: address ?? null,
      metadata: { eventId, filename: fileName },
      storeFingerprintForResuming: false,
      retryDelays: null,
      onBeforeRequest: request => request.setHeader('Authorization', `Bearer ${token()}`),
      onUploadUrlAvailable: () => {
        if (upload.url !== null && upload.url !== address) begun(upload.url)
      },
      onSuccess: ({ lastResponse }) => resolve(answerOf(lastResponse)),
      onError: error => reject(problemOf(error)),
    })
    upload.start()
  }).finally(() => file.destroy())
}

const answerOf = (response: HttpResponse): Answer => ({
  outcome: response.getHeader(OUTCOME_HEADERS.outcome) === 'duplicate' ? 'duplicate' : 'stored',
  sha256: response.getHeader(OUTCOME_HEADERS.sha256) ?? '',
})

function problemOf(error: Error | DetailedError): Error {
  if (!(error instanceof DetailedError)) return error
  const response = error.originalResponse
  if (!response) return new ProblemError({ code: 'network', status: 0 })
  return new ProblemError(
    { code: codeOf(response.getBody()) ?? 'unavailable', status: response.getStatus() },
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
