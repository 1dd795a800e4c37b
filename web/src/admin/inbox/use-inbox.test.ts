import { ProblemError } from '@pix/contracts/client.ts'
import type { InboxLine } from '@pix/contracts/inbox.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, type EffectScope, ref } from 'vue'
import type { InboxFilters } from './filters.ts'
import { useInbox } from './use-inbox.ts'

await import('../../shell/words-testing.ts')

/** The open lines in the api, which answers with pages of two; further pages wait while the gate is shut. */
let ids: string[]
let gate: Promise<void>
let scope: EffectScope
beforeEach(() => {
  ids = ['1', '2', '3']
  gate = Promise.resolve()
  scope = effectScope()
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', async (url: string) => {
    const { pathname, searchParams } = new URL(url, 'http://shop')
    if (pathname.endsWith('/count')) return Response.json({ count: ids.length })
    const after = Number(searchParams.get('cursor') ?? 0)
    if (after > 0) await gate
    const left = ids.filter(id => Number(id) > after)
    const items = left.slice(0, 2).map(id => ({ id, kind: 'mail' }) as InboxLine)
    return Response.json({ items, nextCursor: left.length > 2 ? items.at(-1)!.id : null })
  })
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

/** @returns what opens it again */
function shutGate(): () => void {
  let open!: () => void
  gate = new Promise(resolve => (open = resolve))
  return open
}

const closed = (id: string) => async () => void (ids = ids.filter(each => each !== id))
/** Somebody else was faster, and another line came. */
const refused = () => {
  ids = ['1', '3']
  return Promise.reject(new ProblemError({ code: 'not_found', status: 404 }))
}

async function opened() {
  const inbox = scope.run(() => useInbox(ref<InboxFilters>({})))!
  const lines = () => (inbox.state.value.status === 'loaded' ? inbox.state.value.value.items : [])
  await vi.waitUntil(() => lines().length > 0)
  const close = (id: string, action: () => Promise<unknown> = closed(id)) =>
    inbox.close(
      lines().find(line => line.id === id)!,
      action,
    )
  return { ...inbox, close, shown: () => lines().map(({ id }) => id) }
}

test('a line that is closed while more are on their way leaves the list, and they come', async () => {
  const { more, further, close, shown } = await opened()
  const openGate = shutGate()
  void more()
  expect(await close('1')).toBe(true)
  expect(shown()).toEqual(['2'])
  openGate()
  await vi.waitUntil(() => further.value.status === 'idle')
  expect(shown()).toEqual(['2', '3'])
})

test('a list that is out of date is read again under what is typed about its lines: they stay until the new ones are there', async () => {
  const { state, close, fault, shown } = await opened()
  expect(await close('1', refused)).toBe(false)
  expect([fault.value, state.value.status]).toEqual([expect.stringMatching(/\S/), 'loaded'])
  await vi.waitUntil(() => shown().includes('3'))
  expect(shown()).toEqual(['1', '3'])
})

test('once all that are shown are closed, the ones below are shown', async () => {
  const { close, shown } = await opened()
  await close('1')
  await close('2')
  await vi.waitUntil(() => shown().length > 0)
  expect(shown()).toEqual(['3'])
})
