import { afterEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { settled } from '../../base/browser-testing.ts'
import type { Picked } from './collect-files.ts'
import { type KeptFolder, keptUploads } from './kept-uploads.ts'
import { useFolders } from './use-folders.ts'

afterEach(() => vi.unstubAllGlobals())

const fileOf = (name: string, folder = '') => ({
  file: new File([name], name, { lastModified: 1 }),
  path: folder === '' ? name : `${folder}/${name}`,
})
const pick = (folder: string, names: string[], raw = 0, alone = 0): Picked => ({
  folder,
  files: names.map(name => fileOf(name, folder)),
  raw,
  alone,
})

/** A folder as the browser hands it over: what it grants, and the names in it; null where the card is gone. */
function handle(
  name: string,
  grants: () => Promise<PermissionState>,
  names: string[] | null,
): FileSystemDirectoryHandle {
  async function* values() {
    if (names === null) throw new DOMException('gone', 'NotFoundError')
    for (const one of names) yield { kind: 'file', name: one, getFile: async () => fileOf(one).file }
  }
  return { kind: 'directory', name, values, queryPermission: grants, requestPermission: grants } as never
}
const granted = async () => 'granted' as const
const prompt = async () => 'prompt' as const
const broken = async () => Promise.reject(new DOMException('not now', 'SecurityError'))

async function open(...left: KeptFolder[]) {
  const device = await keptUploads('user', 'event')
  for (const folder of left) device.keepFolder(folder)
  const added: string[] = []
  let unreadable = 0
  const scope = effectScope()
  const page = scope.run(() =>
    useFolders(
      async () => device,
      files => added.push(...files.map(({ path }) => path)),
      () => (unreadable += 1),
    ),
  )!
  await settled()
  const waiting = () => page.left.value.map(({ name }) => name)
  const keptNow = () => device.folders().map(({ name, photos }) => [name, photos])
  return { ...page, added, waiting, keptNow, unreadable: () => unreadable, [Symbol.dispose]: () => scope.stop() }
}

test('a folder that the browser may still read goes on by itself, another waits for the person', async () => {
  using page = await open(
    { name: 'MAY', photos: 1, handle: handle('MAY', granted, ['a.jpg']) },
    { name: 'MUST ASK', photos: 1, handle: handle('MUST ASK', prompt, ['b.jpg']) },
    { name: 'NO HANDLE', photos: 1 },
  )
  expect([page.added, page.waiting()]).toEqual([['MAY/a.jpg'], ['MUST ASK', 'NO HANDLE']])
})

test('a folder about which the browser cannot be asked holds up no other, and is chosen again by hand', async () => {
  using page = await open(
    { name: 'BROKEN', photos: 1, handle: handle('BROKEN', broken, ['a.jpg']) },
    { name: 'MAY', photos: 1, handle: handle('MAY', granted, ['b.jpg']) },
  )
  expect([page.added, page.waiting()]).toEqual([['MAY/b.jpg'], ['BROKEN']])
  expect(await page.goOn(page.left.value[0]!)).toBe(false)
})

test('a card that was taken out is said, and its folder waits', async () => {
  using page = await open({ name: 'CARD', photos: 1, handle: handle('CARD', granted, null) })
  expect([page.added, page.waiting(), page.unreadable()]).toEqual([[], ['CARD'], 1])
})

test('a folder that cannot be read when its person lets it go on is said, stays to be chosen again, and holds up no other', async () => {
  let may: PermissionState = 'prompt'
  const asked = async () => may
  using page = await open(
    { name: 'GONE', photos: 2, handle: handle('GONE', asked, null) },
    { name: 'THERE', photos: 1, handle: handle('THERE', asked, ['a.jpg']) },
  )
  may = 'granted'
  for (const folder of page.left.value) await page.goOn(folder)
  expect([page.added, page.waiting(), page.unreadable()]).toEqual([['THERE/a.jpg'], ['GONE'], 1])
  expect(page.keptNow()).toEqual([
    ['GONE', 2],
    ['THERE', 1],
  ])
})

test('raw files of everything that was chosen count, also of a second card whose folder has the same name', async () => {
  using page = await open()
  await page.take([pick('100CANON', ['a.jpg'], 2, 1)])
  await page.take([pick('100CANON', ['b.jpg', 'c.jpg'], 3)])
  await page.take([pick('', ['d.jpg'], 1, 1)])
  await page.take([pick('', ['e.jpg'], 1, 1)])
  expect([page.raw.value, page.keptNow(), page.name.value]).toEqual([
    { raw: 7, alone: 3 },
    [
      ['100CANON', 3],
      ['', 2],
    ],
    '100CANON',
  ])
})

test('a folder that is chosen again counts once, with what has come into it', async () => {
  using page = await open()
  await page.take([pick('CARD', ['a.jpg'], 1)])
  await page.take([pick('CARD', ['a.jpg', 'b.jpg'], 2)])
  expect([page.raw.value.raw, page.keptNow()]).toEqual([2, [['CARD', 2]]])
})

test('once all is stored the next load has no folder to finish, but those that nobody took up', async () => {
  using page = await open({ name: 'OTHER', photos: 4 })
  await page.take([pick('CARD', ['a.jpg'])])
  await page.finish()
  expect(page.keptNow()).toEqual([['OTHER', 4]])
  await page.forget('OTHER')
  expect([page.keptNow(), page.waiting()]).toEqual([[], []])
})
