import { TUS_BYTES } from '@pix/contracts/uploads.ts'
import { uploadKey } from '@pix/platform/storage-keys.ts'
import { listAll, VANISHING_BUCKET } from '@pix/platform/storage.ts'
import type { TestApp } from '../../../../testing/test-app.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const TUS = { 'tus-resumable': '1.0.0' }

interface Sender {
  headers: Record<string, string>
}

/** A tus client that does one request at a time. */
export function tusClient(t: TestApp, { headers }: Sender) {
  const ask = (
    method: 'POST' | 'HEAD' | 'PATCH' | 'DELETE',
    url: string,
    more: Record<string, string>,
    payload?: Buffer,
  ) =>
    t.app.inject({
      method,
      url,
      headers: { ...headers, ...TUS, ...(payload && { 'content-type': TUS_BYTES }), ...more },
      ...(payload && { payload }),
    })
  return {
    create: (eventId: string, fileName: string, bytes: number, first?: Buffer) =>
      ask(
        'POST',
        '/api/uploads',
        {
          'upload-length': String(bytes),
          'upload-metadata': `eventId ${base64(eventId)},filename ${base64(fileName)}`,
        },
        first,
      ),
    head: (url: string) => ask('HEAD', url, {}),
    append: (url: string, offset: number, payload: Buffer) =>
      ask('PATCH', url, { 'upload-offset': String(offset) }, payload),
    end: (url: string) => ask('DELETE', url, {}),
    /** Begins an upload that must be taken. @returns its address */
    async begin(eventId: string, fileName: string, bytes: number): Promise<string> {
      const answer = await this.create(eventId, fileName, bytes)
      if (answer.statusCode !== 201) throw new Error(answer.body)
      return String(answer.headers.location)
    },
  }
}

export const outcomeOf = ({ headers }: { headers: object }) => {
  const said = headers as Record<string, string | undefined>
  return { outcome: said['upload-outcome'], photoId: said['upload-photo'], sha256: said['upload-sha256'] }
}

/** Keys of pieces in the vanishing bucket. */
export const piecesIn = (t: TestApp) => listAll(t.storage, VANISHING_BUCKET, uploadKey(''))
