import { FACE_SEARCH_CONSENT } from '@pix/contracts/faces.ts'
import { login } from '@pix/contracts/auth.ts'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { crc32, deflateSync } from 'node:zlib'
import { DEMO } from '../try/visitor.ts'
import { ATTACKER, type Attack, countStatuses, type Figures, type Ground } from './ground.ts'
import { type Person, personAt } from '../person.ts'

/** Longer than any answer should take; an attack ends here whatever the server does. */
const LIMIT_MS = 20_000
const PDF = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(900_000)])
const NOISE = randomBytes(3_000_000)

/** Sends one file as a selfie. @returns the answer's status, 0 when there was none within the limit */
async function sendSelfie(ground: Ground, person: Person, bytes: Buffer, name: string): Promise<number> {
  const form = new FormData()
  form.append('eventId', ground.event.id)
  form.append('consent', FACE_SEARCH_CONSENT.th)
  form.append('selfie', new Blob([new Uint8Array(bytes)]), name)
  return post(person, `${ground.stack.apiUrl}/api/face/search`, form)
}

async function post(person: Person, url: string, form: FormData, headers: Record<string, string> = {}) {
  const init = { method: 'POST', body: form, headers, signal: AbortSignal.timeout(LIMIT_MS) }
  try {
    const response = await person.send(url, init)
    await response.arrayBuffer()
    return response.status
  } catch {
    return 0
  }
}

interface Sent {
  ms: number
  status: number
}

async function watch(send: () => Promise<number>): Promise<Sent> {
  const began = performance.now()
  const status = await send()
  return { ms: performance.now() - began, status }
}

const figuresOf = (sent: readonly Sent[]): Figures => ({
  answers: countStatuses(sent.map(({ status }) => status)),
  slowestMs: Math.max(...sent.map(({ ms }) => ms)),
})

async function photographer(ground: Ground): Promise<(bytes: Buffer, name: string) => Promise<number>> {
  const person = personAt(ground, ATTACKER)
  const { accessToken } = await person.call(login, { body: { email: DEMO.photographer, password: DEMO.password } })
  return (bytes, name) => {
    const form = new FormData()
    form.append('eventId', ground.event.id)
    form.append('photo', new Blob([new Uint8Array(bytes)]), name)
    const headers = { authorization: `Bearer ${accessToken}` }
    return post(person, `${ground.stack.apiUrl}/api/photos/upload`, form, headers)
  }
}

export const refusedUploads: Attack = {
  name: 'refused uploads',
  what: 'sends files that are no photos, of 900 KB and 3 MB, as selfies and as photos',
  async run(ground) {
    const upload = await photographer(ground)
    const files = [PDF, NOISE]
    const sent = await Promise.all([
      ...files.map(bytes => watch(() => sendSelfie(ground, personAt(ground, ATTACKER), bytes, 'selfie.jpg'))),
      ...files.map(bytes => watch(() => upload(bytes, 'photo.jpg'))),
    ])
    return figuresOf(sent)
  },
}

export const selfieBombs: Attack = {
  name: 'selfie bombs',
  what: 'sends six HEIC and eight AVIF of 120 megapixels as selfies at once',
  async run(ground) {
    const { bugs } = ground
    if (!bugs) return { skipped: 'the two pictures are not on this machine' }
    const heic = readFileSync(join(bugs, 'heic120.heic'))
    const avif = readFileSync(join(bugs, 'avif120.avif'))
    const files = [...Array.from({ length: 6 }, () => heic), ...Array.from({ length: 8 }, () => avif)]
    const sent = await Promise.all(
      files.map(bytes => watch(() => sendSelfie(ground, personAt(ground, ATTACKER), bytes, 'selfie.jpg'))),
    )
    // Files that were accepted are still decoded. The second visitor is measured for so long.
    await sleep(LIMIT_MS)
    return figuresOf(sent)
  },
}

/** A chunk of a PNG with its checksum (PNG 1.2 §3.2). */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A small PNG with a compressed text of 180 MB (zTXt, PNG 1.2 §4.2.3.2). */
function pngWithText(): Buffer {
  const header = Buffer.from([0, 0, 2, 128, 0, 0, 2, 128, 8, 0, 0, 0, 0]) // 640 × 640, 8-bit gray
  const rows = deflateSync(Buffer.alloc(640 * 641))
  const text = Buffer.concat([Buffer.from('Comment\0\0', 'latin1'), deflateSync(Buffer.alloc(180_000_000, 32))])
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('zTXt', text),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Made before anything is timed: deflating it holds this process up, and the second visitor lives here too. */
const PNG_WITH_TEXT = pngWithText()

export const deflatedText: Attack = {
  name: 'deflated text',
  what: 'sends 24 PNG of 180 KB at once whose text chunk inflates to 180 MB each',
  async run(ground) {
    const png = PNG_WITH_TEXT
    const sent = await Promise.all(
      Array.from({ length: 24 }, () => watch(() => sendSelfie(ground, personAt(ground, ATTACKER), png, 'selfie.png'))),
    )
    return { ...figuresOf(sent), kilobytes: Math.round(png.length / 1_000) }
  },
}
