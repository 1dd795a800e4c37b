import { defaultFaceCache } from '@pix/faces/default-cache.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasWeights, noWeights } from '../../packages/faces/src/engines-testing.ts'
import { faceModels } from './face-models.ts'

let cacheDir: string
beforeAll(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'face-models-'))
})
afterAll(() => rm(cacheDir, { recursive: true }))

/** What a build logs, and the names of the sets that it offers to the page. */
async function build(weightFolders: string[]): Promise<{ said: string[]; offered: string[] }> {
  const said: string[] = []
  const { configResolved, load } = faceModels(weightFolders) as unknown as {
    configResolved(config: object): void
    load(id: string): Promise<string>
  }
  configResolved({ cacheDir, logger: { warn: (text: string) => said.push(text) } })
  const module = await load('\0virtual:face-models')
  const sets = JSON.parse(module.slice(module.indexOf('{'))) as Record<string, { url: string }>
  expect(Object.values(sets).every(({ url }) => /^\/models\/[0-9a-f]{16}\/$/.test(url))).toBe(true)
  return { said, offered: Object.keys(sets) }
}

test('without the weights of sface a page offers face-api alone, and the build says so in one line', async () => {
  const { said, offered } = await build([cacheDir])
  expect(offered).toEqual(['face-api'])
  expect(said).toHaveLength(1)
  expect(said[0]).toMatch(/^[^\n]*the weights of sface are not on this machine[^\n]*$/)
})

test.skipIf(!hasWeights)(`with them it offers both engines, each under an address of its own${noWeights}`, async () => {
  const { said, offered } = await build([defaultFaceCache()])
  expect([said, offered]).toEqual([[], ['sface', 'face-api']])
})
