import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { IMAGES } from './docker.ts'
import { ROOT } from '../base/paths.ts'

/** What speaks FTP and SFTP runs beside the containers alone. */
const CAMERAS = 'drakkan/sftpgo:'

test('npm start and docker-compose.yml run the same images, each pinned to one version', () => {
  const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8')
  const images = [...compose.matchAll(/image: (\S+)/g)].map(found => found[1]).sort()
  expect(
    Object.values(IMAGES)
      .map(({ image }) => image)
      .sort(),
  ).toEqual(images.filter(image => !image?.startsWith(CAMERAS)))
  for (const image of images) expect(image).toMatch(/:(v?\d+\.\d+|RELEASE\.)/)
})
