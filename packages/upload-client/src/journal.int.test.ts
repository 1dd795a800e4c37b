import { appendFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { journalPath, openJournal } from './journal.ts'

test('what was sent is known after a restart, also behind a line that was cut off; a changed file is another one', async () => {
  const home = await mkdtemp(join(tmpdir(), 'pix-journal-'))
  const path = journalPath(home, '/card', 'event', 'https://photos.example')
  const file = { name: 'a.jpg', size: 10, modified: 5.25 }
  openJournal(path).keep({ ...file, sha256: 'ab', address: '/api/uploads/1' })
  appendFileSync(path, '{"name":"b.jpg","si')
  const second = openJournal(path)
  second.keep({ ...file, sha256: 'ab', outcome: 'stored' })
  const third = openJournal(path)
  expect(third.of(file)).toMatchObject({ sha256: 'ab', outcome: 'stored' })
  expect(third.of({ ...file, size: 11 })).toBeUndefined()
  expect(third.of({ ...file, name: 'b.jpg' })).toBeUndefined()
  await rm(home, { recursive: true })
})
