import { ProblemError } from '@pix/contracts/client.ts'
import { createUpload } from '@pix/contracts/uploads.ts'
import { type Answer, sendBytes } from 'thepixstock-upload/send-bytes.ts'
import { authHeaders, renewSignIn } from '../../base/api.ts'

export interface FileToSend {
  eventId: string
  file: File
  /** The address of an upload that was begun. Without one a new upload begins. */
  address: string | undefined
  begun: (address: string) => void
  /** Bytes sent so far, with those of earlier tries. */
  onProgress: (bytes: number) => void
  signal: AbortSignal
}

/**
 * Sends one photo, or the rest of it, as the person signed in.
 *
 * @throws ProblemError as `call` does; DOMException where the browser cannot read the file any more; the signal's reason
 * when aborted
 */
export async function sendFile(sending: FileToSend): Promise<Answer> {
  let { address } = sending
  const attempt = () =>
    sendBytes({
      ...sending,
      source: sending.file,
      fileName: sending.file.name,
      endpoint: new URL(`/api${createUpload.url}`, location.href).href,
      address,
      headers: authHeaders,
      begun(begun) {
        address = begun
        sending.begun(begun)
      },
    })
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    if (error.status === 401 && (await renewSignIn()) === 'renewed') return attempt()
    // An unreadable file gives the same error as a broken connection. Reading one byte shows which it was.
    if (error.code === 'network') await sending.file.slice(0, 1).arrayBuffer()
    throw error
  }
}
