import { listAll, MAIN_BUCKET } from '@pix/platform/storage.ts'
import type { TestApp } from '../../../testing/test-app.ts'

/** An event that takes uploads, and a photographer invited to it. */
export async function scene(t: TestApp) {
  const photographer = await t.user('photographer')
  const event = await t.event({ status: 'open' })
  await t.invite(event.id, photographer.id)
  return { event, photographer }
}

export function form(eventId: string | null, files: { name: string; bytes: Buffer | Uint8Array }[]): FormData {
  const data = new FormData()
  if (eventId !== null) data.append('eventId', eventId)
  for (const { name, bytes } of files) data.append('photo', new Blob([new Uint8Array(bytes)]), name)
  return data
}

/** Encodes the form as a browser does. */
export async function send(t: TestApp, url: string, data: FormData, headers: Record<string, string>) {
  const encoded = new Request('http://test', { method: 'POST', body: data })
  const payload = Buffer.from(await encoded.arrayBuffer())
  const contentType = encoded.headers.get('content-type')!
  return t.app.inject({ method: 'POST', url, payload, headers: { ...headers, 'content-type': contentType } })
}

export const upload = (t: TestApp, data: FormData, headers: Record<string, string>) =>
  send(t, '/api/photos/upload', data, headers)

export const originals = (t: TestApp) => listAll(t.storage, MAIN_BUCKET, 'events/')
