import { formData, ProblemError } from '@pix/contracts/client.ts'
import { uploadPhoto, type UploadOutcome } from '@pix/contracts/photos.ts'
import { authHeaders, renewSignIn } from '../../base/api.ts'

/** @param sent bytes of the body that have left this machine */
type OnProgress = (sent: number) => void

/**
 * Sends one photo. By XMLHttpRequest, because fetch cannot say how far an upload is.
 *
 * @throws ProblemError as `call` does; the signal's reason when aborted
 */
export async function sendFile(
  eventId: string,
  file: File,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  try {
    return await attempt(eventId, file, onProgress, signal)
  } catch (error) {
    const expired = error instanceof ProblemError && error.status === 401
    if (!expired || (await renewSignIn()) !== 'renewed') throw error
    return attempt(eventId, file, onProgress, signal)
  }
}

function attempt(eventId: string, file: File, onProgress: OnProgress, signal: AbortSignal): Promise<UploadOutcome> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const settle = () => signal.removeEventListener('abort', abort)
    const abort = () => request.abort()
    request.open(uploadPhoto.method, `/api${uploadPhoto.url}`)
    request.responseType = 'json'
    for (const [name, value] of Object.entries(authHeaders())) request.setRequestHeader(name, value)
    request.upload.addEventListener('progress', event => onProgress(event.loaded))
    request.addEventListener('load', () => {
      settle()
      if (request.status < 300) resolve(request.response as UploadOutcome)
      else reject(readProblem(request))
    })
    request.addEventListener('error', () => {
      settle()
      reject(new ProblemError({ code: 'network', status: 0 }))
    })
    request.addEventListener('abort', () => {
      settle()
      reject(signal.reason)
    })
    signal.addEventListener('abort', abort)

    request.send(formData(uploadPhoto.config.form, { eventId, photo: file }))
  })
}

function readProblem(request: XMLHttpRequest): ProblemError {
  const retryAfter = Number(request.getResponseHeader('retry-after')) || undefined
  const body = request.response as ConstructorParameters<typeof ProblemError>[0] | null
  return new ProblemError(body?.code ? body : { code: 'unavailable', status: request.status }, retryAfter)
}
