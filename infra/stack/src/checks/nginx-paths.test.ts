import { API_PATHS } from '@pix/contracts/no-pages.ts'
import { MAIN_BUCKET } from '@pix/platform/storage.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { NOT_LISTED, OF_EACH_HOST } from '../start/web-server.ts'

// nginx imports nothing: its lists of paths are compared with those that the other programs import.

const CONF = readFileSync(join(ROOT, 'infra/images/web.nginx.conf'), 'utf8')
const either = (paths: readonly string[]) => paths.join('|').replaceAll('.', String.raw`\.`)
const files = OF_EACH_HOST.map(path => path.slice(1))

test.each([
  ['the api’s paths', `  location ~ ^/(${either(API_PATHS)})(/|$) {\n`],
  ['the files of each storefront', `  location ~ ^/(${either(files)})$ {\n`],
  ['the storage', `  location ^~ /${MAIN_BUCKET}/ {\n`],
  ['the pages for one person', `  "~^/(${either(NOT_LISTED)})([/?]|$)" noindex;\n`],
  [
    'the files that are the web’s',
    `    location ~ ^/(?!(${either(API_PATHS)})/|${files.map(file => `${either([file])}$`).join('|')}).*\\.\\w+$ {\n`,
  ],
])('nginx knows %s as the other programs do', (_, line) => {
  expect(CONF).toContain(line)
})
