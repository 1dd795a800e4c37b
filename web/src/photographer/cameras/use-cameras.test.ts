import type { CameraLogin } from '@pix/contracts/cameras.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { apiByHand, type Asked, beginVisit, browserEvents, refusal, settled } from '../../base/browser-testing.ts'

await import('../../shell/words-testing.ts')
const { i18n } = await import('../../base/i18n/index.ts')
const { useCameras } = await import('./use-cameras.ts')

const NONE = { server: { host: 'cameras.test', ftpPort: 21, sftpPort: 2022 }, logins: [], counts: {}, files: [] }
const LOGIN = { id: 'first', userName: 'cam-aaaaaaaa', lastUsedAt: null } as unknown as CameraLogin
const OTHER = { ...LOGIN, id: 'second', userName: 'cam-bbbbbbbb' }
const MADE = { ...LOGIN, password: 'fourteensigns2' }

let asked: Asked[]
beforeEach(async () => {
  await beginVisit()
  asked = apiByHand()
  browserEvents()
})
afterEach(() => vi.unstubAllGlobals())

async function open() {
  const scope = effectScope()
  const page = scope.run(() => useCameras('event'))!
  await asked[0]!.answer(NONE)
  return { ...page, [Symbol.dispose]: () => scope.stop() }
}
const listed = ({ state: { value } }: Awaited<ReturnType<typeof open>>) =>
  value.status === 'loaded' ? value.value.logins.map(({ id }) => id) : value.status

/** Makes a login, with the list that follows. */
async function make(page: Awaited<ReturnType<typeof open>>) {
  const making = page.make()
  await settled()
  await asked.at(-1)!.answer(MADE)
  await asked.at(-1)!.answer({ ...NONE, logins: [LOGIN, OTHER] })
  await making
}

test('a login that was made is shown with its password, and the list is read again', async () => {
  using page = await open()
  await make(page)
  expect(asked.map(({ method, path }) => [method, path])).toEqual([
    ['GET', '/api/events/event/cameras'],
    ['POST', '/api/events/event/cameras'],
    ['GET', '/api/events/event/cameras'],
  ])
  expect([page.made.value, listed(page), page.busy.value]).toEqual([MADE, ['first', 'second'], false])
})

test('where no login can be made the reason is said, and the list stays', async () => {
  using page = await open()
  const making = page.make()
  await settled()
  await asked[1]!.answer(refusal(409, 'too_many_camera_logins'))
  await making
  expect([page.problem.value, page.made.value, listed(page), asked.length]).toEqual([
    i18n.global.t('problems.too_many_camera_logins'),
    undefined,
    [],
    2,
  ])
})

test('ending the login just made hides its password, and ending another one does not', async () => {
  using page = await open()
  await make(page)
  const ended: string[] = []
  const end = async (login: CameraLogin, left: readonly CameraLogin[]) => {
    const ending = page.end(login, () => ended.push(login.id))
    await settled()
    expect([asked.at(-1)!.method, asked.at(-1)!.path]).toEqual(['DELETE', `/api/events/event/cameras/${login.id}`])
    await asked.at(-1)!.answer()
    await asked.at(-1)!.answer({ ...NONE, logins: left })
    await ending
  }
  await end(OTHER, [LOGIN])
  expect([page.made.value, listed(page), ended]).toEqual([MADE, ['first'], ['second']])
  await end(LOGIN, [])
  expect([page.made.value, listed(page), ended]).toEqual([undefined, [], ['second', 'first']])
})

test('where a login cannot be ended it stays, with its password, and its dialog stays open', async () => {
  using page = await open()
  await make(page)
  const ended = vi.fn<() => void>()
  const ending = page.end(LOGIN, ended)
  await settled()
  await asked.at(-1)!.breaks()
  await ending
  expect([page.made.value, listed(page), ended.mock.calls]).toEqual([MADE, ['first', 'second'], []])
  expect(page.problem.value).not.toBe('')
})
