import { readFileSync } from 'node:fs'
import { photos } from '@pix/db/schema/photos.ts'
import { createLog } from '@pix/platform/log.ts'
import { expect, test } from 'vitest'
import { sharedFile, sharedRows } from '../../../testing/shared.ts'
import { testApp } from '../../../testing/test-app.ts'
import { form, originals, scene, upload } from './upload-testing.ts'

const FOLDER = 'data/bugs'
const manifest = sharedFile(`${FOLDER}/manifest.csv`)
const PHOTO = /\.(jpg|heic|nef|tif)$/
/** What the upload answers; every other photo is stored, and what happens to it is the worker's test. */
const REFUSED: Record<string, string> = { 'raw_like_nef.nef': 'raw_file', 'tiff_lab8.tif': 'unsupported_colors' }
const NO_UPLOADS = ['zip_names.json', 'emails.csv']

test.skipIf(manifest === null)(
  'every input of the bug reports is answered at upload as its manifest says',
  async () => {
    await using t = await testApp({ settings: { LIMIT_REQUESTS_PER_MINUTE: '100000' } })
    const { event, photographer } = await scene(t)
    const names = sharedRows(manifest!).map(row => row.file!)
    const answers: Record<string, string> = {}
    for (const name of names.filter(name => PHOTO.test(name))) {
      const bytes = readFileSync(sharedFile(`${FOLDER}/${name}`)!)
      const answer = await upload(t, form(event.id, [{ name, bytes }]), photographer.headers)
      answers[name] = answer.json().code ?? answer.json().outcome
    }
    expect(answers).toEqual(
      Object.fromEntries(names.filter(name => PHOTO.test(name)).map(name => [name, REFUSED[name] ?? 'stored'])),
    )
    const others = names.filter(name => !PHOTO.test(name) && !name.startsWith('multipart_'))
    expect(others.sort()).toEqual(NO_UPLOADS.sort())
  },
)

test.skipIf(manifest === null)(
  'odd forms are refused with 400; nothing of them is stored or put on sale, nor logged as our fault',
  async () => {
    const lines: string[] = []
    const log = createLog('test', { level: 'error', pretty: false }, { write: line => void lines.push(line) })
    await using t = await testApp({ log })
    const { event, photographer } = await scene(t)
    const names = sharedRows(manifest!)
      .map(row => row.file!)
      .filter(name => name.startsWith('multipart_'))
    expect(names).toHaveLength(2)
    for (const name of names) {
      const payload = Buffer.from(
        readFileSync(sharedFile(`${FOLDER}/${name}`)!)
          .toString('latin1')
          .replace('@EVENT@'.padEnd(36), event.id),
        'latin1',
      )
      const headers = { ...photographer.headers, 'content-type': 'multipart/form-data; boundary=B0undary' }
      const answer = await t.app.inject({ method: 'POST', url: '/api/photos/upload', headers, payload })
      expect([name, answer.statusCode, answer.json().code]).toEqual([name, 400, 'malformed_request'])
    }
    expect(await originals(t)).toEqual([])
    expect(await t.db.select().from(photos)).toEqual([])
    expect(lines).toEqual([])
  },
)
