import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

const GOOD = ['D:\\DCIM\\101CANON', '--event', 'night-run', '--url', 'https://photos.example/th/']

test('a folder, an event and a shop are enough', () => {
  expect(readOptions(GOOD)).toEqual({
    folder: 'D:\\DCIM\\101CANON',
    event: 'night-run',
    url: 'https://photos.example',
    watch: false,
    parallel: 6,
    receipt: undefined,
    email: undefined,
  })
  const more = readOptions([...GOOD, '--watch', '--parallel', '3', '--receipt', 'r.txt', '--email', 'a@b.example'])
  expect(more).toMatchObject({ watch: true, parallel: 3, receipt: 'r.txt', email: 'a@b.example' })
})

test('what is missing or wrong is said in words', () => {
  expect(() => readOptions(GOOD.slice(1))).toThrow('Name one folder')
  expect(() => readOptions([...GOOD, 'another'])).toThrow('Name one folder')
  expect(() => readOptions(['a', '--url', 'https://x.example'])).toThrow('which event')
  expect(() => readOptions(['a', '--event', 'b', '--url', 'nowhere'])).toThrow('where the shop is')
  for (const parallel of ['0', '17', 'many'])
    expect(() => readOptions([...GOOD, '--parallel', parallel])).toThrow('from 1 to 16')
})
