import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useHasher } from './use-hasher.ts'

/** A worker whose script does not come, or that never answers. */
class SilentWorker extends EventTarget {
  isEnded = false
  constructor() {
    super()
    workers.push(this)
  }
  postMessage() {}
  start() {}
  terminate() {
    this.isEnded = true
  }
}
let workers: SilentWorker[]
beforeEach(() => {
  workers = []
  vi.stubGlobal('Worker', SilentWorker)
})
afterEach(() => vi.unstubAllGlobals())

const file = new File(['a'], 'a.jpg')
const failed = (hash: Promise<string>) => hash.catch((error: unknown) => error)

test('where its script does not come every waiting file fails by the line, and the next file asks for it again', async () => {
  const scope = effectScope()
  const hash = scope.run(useHasher)!
  const waiting = [failed(hash(file)), failed(hash(file))]
  workers[0]!.dispatchEvent(new Event('error'))
  expect(await Promise.all(waiting)).toMatchObject([{ code: 'network' }, { code: 'network' }])
  void hash(file)
  expect(workers).toHaveLength(2)
  scope.stop()
  expect(workers.map(({ isEnded }) => isEnded)).toEqual([false, true])
})
