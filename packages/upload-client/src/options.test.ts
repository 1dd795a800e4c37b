import { expect, test } from 'vitest'
import { readOptions } from './options.ts'
import { languageOf } from './words.ts'

const GOOD = ['D:\\DCIM\\101CANON', '--event', 'night-run', '--url', 'https://photos.example/th/']
const EN = { LANG: 'en_GB.UTF-8' }

test('a folder, an event and a shop are enough', () => {
  expect(readOptions(GOOD, EN)).toEqual({
    folder: 'D:\\DCIM\\101CANON',
    event: 'night-run',
    url: 'https://photos.example',
    watch: false,
    parallel: 6,
    receipt: undefined,
    email: undefined,
    language: 'en',
  })
  const more = readOptions([...GOOD, '--watch', '--parallel', '3', '--receipt', 'r.txt', '--email', 'a@b.example'], EN)
  expect(more).toMatchObject({ watch: true, parallel: 3, receipt: 'r.txt', email: 'a@b.example' })
})

test('what is missing or wrong is said in words', () => {
  expect(() => readOptions(GOOD.slice(1), EN)).toThrow('Name one folder')
  expect(() => readOptions([...GOOD, 'another'], EN)).toThrow('Name one folder')
  expect(() => readOptions(['a', '--url', 'https://x.example'], EN)).toThrow('which event')
  expect(() => readOptions(['a', '--event', 'b', '--url', 'nowhere'], EN)).toThrow('where the shop is')
  for (const parallel of ['0', '17', 'many'])
    expect(() => readOptions([...GOOD, '--parallel', parallel], EN)).toThrow('from 1 to 16')
})

test('the language is that of the terminal, of the system, or asked for; what is wrong is said in it', () => {
  expect(readOptions(GOOD, { LANG: 'th_TH.UTF-8' }).language).toBe('th')
  expect(readOptions([...GOOD, '--lang', 'th'], EN).language).toBe('th')
  expect(readOptions([...GOOD, '--lang=en'], { LC_ALL: 'th_TH.UTF-8', LANG: 'en_GB' }).language).toBe('en')
  expect([languageOf({}, 'th-TH'), languageOf({}, 'en-US'), languageOf({ LANG: 'C' }, 'th-TH')]).toEqual([
    'th',
    'en',
    'en',
  ])
  expect(() => readOptions(['--lang', 'th'], EN)).toThrow('ระบุโฟลเดอร์')
  for (const wrong of [['--lang', 'fr'], ['--lang=']])
    expect(() => readOptions([...GOOD, ...wrong], EN)).toThrow('th or en')
})
