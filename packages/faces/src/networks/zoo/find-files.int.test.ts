import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultFaceCache } from '../../default-cache.ts'
import { openFaceEngines } from '../../engine.ts'
import { hasWeights, noWeights } from '../../engines-testing.ts'
import { fetchZooFiles } from './fetch-files.ts'
import { findZooFile } from './find-files.ts'
import { ZOO_FILES } from './zoo-files.ts'

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'face-weights-test-'))
  return use(folder).finally(() => rm(folder, { recursive: true }))
}

test('a file with another content is none', () =>
  inFolder(async folder => {
    await writeFile(join(folder, ZOO_FILES.sface.file), 'not a network')
    expect(await findZooFile('sface', [folder, join(folder, 'nowhere')])).toBeUndefined()
  }))

test('without the weights there is face-api alone, and sface says what is missing', () =>
  inFolder(async cacheDir => {
    const engines = await openFaceEngines({ preferred: 'sface', runtime: 'onnx', cacheDir })
    expect(engines.available).toEqual(['face-api'])
    await expect(engines.open('sface')).rejects.toThrow('is not on this machine')
    await engines.close()
  }))

test.skipIf(!hasWeights)(`the preferred engine comes first where its weights are${noWeights}`, async () => {
  const options = { runtime: 'onnx', cacheDir: defaultFaceCache() } as const
  expect((await openFaceEngines({ ...options, preferred: 'sface' })).available).toEqual(['sface', 'face-api'])
  expect((await openFaceEngines({ ...options, preferred: 'face-api' })).available).toEqual(['face-api', 'sface'])
})

test.skipIf(!hasWeights)(`weights put into a folder by hand are taken from there, whole${noWeights}`, () =>
  inFolder(async cacheDir => {
    expect(await fetchZooFiles(cacheDir, defaultFaceCache())).toBe('folder')
    expect((await readdir(cacheDir)).toSorted()).toEqual(
      Object.values(ZOO_FILES)
        .map(({ file }) => file)
        .toSorted(),
    )
    const sface = await readFile(join(cacheDir, ZOO_FILES.sface.file))
    expect(sface.equals(await readFile(join(defaultFaceCache(), ZOO_FILES.sface.file)))).toBe(true)
    expect(await fetchZooFiles(cacheDir)).toBe('cache')
  }),
)
