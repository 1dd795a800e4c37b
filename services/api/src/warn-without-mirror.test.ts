import { expect, test } from 'vitest'
import { warnWithoutMirror } from './warn-without-mirror.ts'

function warned(settings: Parameters<typeof warnWithoutMirror>[0]): string[] {
  const lines: string[] = []
  warnWithoutMirror(settings, { warn: (...said: unknown[]) => void lines.push(String(said.at(-1))) })
  return lines
}

test('production without a mirror of the photos says so at each start; with one, and in development, nothing is said', () => {
  expect(warned({ MODE: 'production' })).toEqual([expect.stringContaining('THE PHOTOS HAVE NO MIRROR')])
  expect(warned({ MODE: 'production', PHOTO_MIRROR: 'https://vm4:9443' })).toEqual([])
  expect(warned({ MODE: 'development' })).toEqual([])
})
