import { expect, test } from 'vitest'
import { fileNames } from './file-names.ts'

const names = (...files: [fileName: string, format: string][]) => [
  ...fileNames(files.map(([fileName, format], rank) => ({ id: String(rank), fileName, format }))).values(),
]
const bytes = (name: string) => new TextEncoder().encode(name).length
const graphemes = (text: string) => [...new Intl.Segmenter('th').segment(text)].map(({ segment }) => segment)

test('a photo keeps the name its photographer gave it, Thai included', () => {
  expect(names(['IMG_1001.JPG', 'jpg'], ['วิ่ง 1.jpeg', 'jpg'], ['👨‍👩‍👧.tif', 'tiff'])).toEqual([
    'IMG_1001.JPG',
    'วิ่ง 1.jpeg',
    '👨‍👩‍👧.tif',
  ])
})

test('names that come twice are numbered, whatever their case, and no number is given twice', () => {
  expect(names(['a.jpg', 'jpg'], ['A.jpg', 'jpg'], ['a (2).jpg', 'jpg'], ['a.jpg', 'jpg'], ['a.jpg', 'png'])).toEqual([
    'a.jpg',
    'A (2).jpg',
    'a (2) (2).jpg',
    'a (3).jpg',
    'a.png',
  ])
  const many = names(...Array.from({ length: 2_000 }, (): [string, string] => ['IMG.jpg', 'jpg']))
  expect(new Set(many.map(name => name.toLowerCase())).size).toBe(2_000)
})

test('the extension says what the file is: no name runs as a program', () => {
  expect(
    names(
      ['holiday.png', 'jpg'],
      ['noextension', 'heic'],
      ['page.hta', 'jpg'],
      ['setup.exe', 'jpg'],
      ['link.lnk', 'png'],
      ['photo.heic', 'jpg'],
      ['gpj.\u202Eexe', 'jpg'],
      ['run.jpg.exe ', 'jpg'],
    ),
  ).toEqual([
    'holiday.jpg',
    'noextension.heic',
    'page.jpg',
    'setup.jpg',
    'link.png',
    'photo.jpg',
    'gpj.exe.jpg',
    'run.jpg.exe.jpg',
  ])
})

test('nothing that a file system minds is left', () => {
  expect(
    names(
      ['../../etc/passwd', 'jpg'],
      ['a:b?.jpg', 'jpg'],
      ['...', 'jpg'],
      ['\u0000.jpg', 'jpg'],
      ['\uD800x.jpg', 'jpg'],
    ),
  ).toEqual(['passwd.jpg', 'a_b_.jpg', 'photo.jpg', '_.jpg', '_x.jpg'])
})

test.each([
  'CON.jpg',
  'nul',
  'aux.JPG',
  'Com1.jpg',
  'lpt9.jpg',
  'COM².jpg',
  'con.family.jpg',
  'PRN .jpg',
  'CONIN$.jpg',
])('Windows keeps %s for itself, so it is named otherwise', name => expect(names([name, 'jpg'])[0]).toMatch(/^_/))

test('a name that only begins like a device keeps it', () => {
  expect(names(['Connie.jpg', 'jpg'], ['console.jpg', 'jpg'])).toEqual(['Connie.jpg', 'console.jpg'])
})

test.each(['ภาพที่', '😀', '👨‍👩‍👧‍👦', 'กำ', 'e\u0301', 'n̈'])(
  'long names of %s end between two letters, within 255 bytes',
  letter => {
    const long = `${letter.repeat(200)}.jpg`
    for (const name of names([long, 'jpg'], [long, 'jpg'], [long, 'heic'])) {
      expect(bytes(name)).toBeLessThanOrEqual(255)
      const stem = name.replace(/( \(\d+\))?\.\w+$/, '')
      const whole = graphemes(letter.repeat(200).normalize('NFC'))
      expect(graphemes(stem)).toEqual(whole.slice(0, graphemes(stem).length))
      expect(bytes(name)).toBeGreaterThan(255 - 60)
    }
  },
)

test('a name of which no letter fits is called a photo', () => {
  const [name] = names([`e${'\u0323'.repeat(200)}.jpg`, 'jpg'])
  expect(name).toBe('photo.jpg')
})
