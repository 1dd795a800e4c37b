import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../base/paths.ts'
import { committedFiles } from '../testing/committed-files.ts'

// Nothing that somebody typed into a form of the console is lost without a question: the form says that it holds it.

const AREAS = /^web\/src\/(photographer|organizer|admin)\//
const SAYS = /\buseUnsaved(Draft)?\(/

/** What is typed there is typed again in a moment. */
const SHORT = ['web/src/admin/studio-settings/CloseSection.vue']

interface Source {
  file: string
  text: string
}

/** A page's or card's form with a text of several lines, or with more than one field to type into; dialogs are none. */
function isLong({ text }: Source): boolean {
  if (!/<form[\s>]/.test(text) || /<Dialog[\s>]/.test(text) || /role="search"/.test(text)) return false
  const fields = text.match(/<(\w*Input|Textarea)[\s>]/g)?.length ?? 0
  return /<Textarea[\s>]/.test(text) || fields > 1 || /<Input\s+v-for/.test(text)
}

/** Long forms that say nothing, neither themselves nor in a composable beside them. */
function silent(sources: readonly Source[]): string[] {
  const texts = new Map(sources.map(({ file, text }) => [file, text]))
  const parts = ({ file, text }: Source) =>
    [...text.matchAll(/from '(\.\/use-[\w-]+\.ts)'/g)].map(([, path]) => texts.get(join(dirname(file), path!)) ?? '')
  return sources
    .filter(source => source.file.endsWith('.vue') && isLong(source))
    .filter(source => ![source.text, ...parts(source)].some(text => SAYS.test(text)))
    .map(({ file }) => file)
}

test('every longer form of the console says while it holds what is not saved', () => {
  const files = committedFiles().filter(file => AREAS.test(file) && /\.(vue|ts)$/.test(file))
  const sources = files.map(file => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }))
  expect(sources.filter(isLong).length).toBeGreaterThan(12)
  expect(silent(sources).filter(file => !SHORT.includes(file))).toEqual([])
})

const form = (use: string) => `import { ${use} } from './${use}.ts'\n<form><Textarea v-model="text" /></form>`

test('a planted fault is found: a form that says nothing, beside one whose composable does', () => {
  const sources = [
    { file: 'web/src/admin/a/A.vue', text: form('use-a') },
    { file: 'web/src/admin/a/B.vue', text: form('use-b') },
    { file: 'web/src/admin/a/Find.vue', text: '<form><Input v-model="q" /></form>' },
    { file: 'web/src/admin/a/use-a.ts', text: 'useUnsavedDraft(() => draft)' },
    { file: 'web/src/admin/a/use-b.ts', text: 'reactive({})' },
  ]
  expect(silent(sources)).toEqual(['web/src/admin/a/B.vue'])
})
