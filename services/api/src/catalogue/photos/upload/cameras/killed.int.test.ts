import { readdir } from 'node:fs/promises'
import { killedAtEach } from '@pix/db/dying-testing.ts'
import { cameraFiles } from '@pix/db/schema/cameras.ts'
import { photos } from '@pix/db/schema/photos.ts'
import { expect, test } from 'vitest'
import { testJpeg } from '../../../../testing/images.ts'
import { cameraScene } from './cameras-testing.ts'
import { sweepFiles } from './sweep-files.ts'

const MINUTE = 60_000

test.each(['before', 'after'] as const)(
  'an api killed %s any of its statements while it takes files of a camera stores each photo once when it is back',
  async sent => {
    await using s = await cameraScene()
    const { t } = s
    const login = await s.makeLogin()
    let round = 0
    const arrive = async () => {
      await s.put(login, `/DCIM/${round}.jpg`, await testJpeg(round))
      await s.put(login, `/DCIM/${round}.txt`, Buffer.from('no photo'))
      t.forward(2 * MINUTE)
    }
    await arrive()

    const sweep = (db: typeof t.db) => sweepFiles({ ...t.system, db })
    const killed = { url: t.deps.settings.DATABASE_URL, db: t.db, sent }
    const deaths = await killedAtEach(killed, sweep, async () => {
      // What the process took is its own for ten minutes.
      t.forward(11 * MINUTE)
      await sweep(t.db)
      const rows = (await s.files()).map(({ fileName, outcome }) => `${fileName} ${outcome}`)
      expect(rows.toSorted()).toEqual([`${round}.jpg stored`, `${round}.txt refused`])
      const left = (await readdir(s.spool, { recursive: true, withFileTypes: true })).filter(entry => entry.isFile())
      expect([await t.db.$count(photos), left]).toEqual([round + 1, []])
      await t.db.delete(cameraFiles)
      round += 1
      await arrive()
    })
    expect(deaths).toBeGreaterThan(10)
  },
)
