import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'

const { FEATURES, AREAS } = (await import(join(ROOT, '.dependency-cruiser.mjs'))) as {
  FEATURES: string[]
  AREAS: string[]
}
const wings = new Set(FEATURES.map(feature => feature.split('/')[0]!))

/** The folders directly inside each: a folder that no rule of imports names would be held by none. */
const FOLDERS: Record<string, readonly string[]> = {
  'services/api/src': [...wings, 'base', 'http', 'testing', 'reset-second-factor', 'reapply-deletions'],
  ...Object.fromEntries(
    [...wings].map(wing => [
      `services/api/src/${wing}`,
      FEATURES.filter(feature => feature.startsWith(`${wing}/`)).map(feature => feature.split('/')[1]!),
    ]),
  ),
  'web/src': [...AREAS, 'shell', 'base', 'ui', 'worker'],
  'infra/stack/src': [
    'base',
    'checks',
    'dashboards',
    'fleet',
    'ledger',
    'parts',
    'privacy',
    'scan',
    'start',
    'testing',
  ],
}

/** Folders of these files that the list does not know. */
const unknownFolders = (files: string[]) => {
  const found = Object.entries(FOLDERS).flatMap(([parent, known]) =>
    files
      .filter(file => file.startsWith(`${parent}/`))
      .map(file => file.slice(parent.length + 1).split('/'))
      .flatMap(([folder, inside]) => (inside === undefined || known.includes(folder!) ? [] : [`${parent}/${folder}`])),
  )
  return [...new Set(found)]
}

test('each folder of the api, of its wings, of the web and of the stack is one that the rules know', () => {
  expect(unknownFolders(committedFiles())).toEqual([])
})

test('a wing holds features and no file of its own', () => {
  const loose = new RegExp(`^services/api/src/(${[...wings].join('|')})/[^/]+$`)
  expect(committedFiles().filter(file => loose.test(file))).toEqual([])
})

test('a folder beside the wings, a feature without a place and a new area are found', () => {
  const planted = ['services/api/src/helpers', 'services/api/src/shop/gifts', 'web/src/common', 'infra/stack/src/tools']
  expect(unknownFolders(planted.map(folder => `${folder}/a.ts`)).toSorted()).toEqual(planted.toSorted())
})
