import { expect, test } from 'vitest'
import { fileNames } from './file-names.ts'

const names = (...files: [fileName: string, format: string][]) => [
  ...fileNames(files.map(([fileName, format], rank) => ({ id: String(rank), fileName, format }))).values(),
]

test('a photo keeps the name its photographer gave it, Thai included', () => {
  expect(names(['IMG_1001.JPG', 'jpg'], ['วิ่ง 1.jpeg', 'jpg'])).toEqual(['IMG_1001.JPG', 'วิ่ง 1.jpeg'])
})

test('names that come twice are numbered, whatever their case', () => {
  expect(names(['a.jpg', 'jpg'], ['A.jpg', 'jpg'], ['a.jpg', 'jpg'])).toEqual(['a.jpg', 'A (2).jpg', 'a (3).jpg'])
})

test('the extension says what the file is', () => {
  expect(names(['holiday.png', 'jpg'], ['noextension', 'heic'])).toEqual(['holiday.jpg', 'noextension.heic'])
})

test('nothing that a file system minds is left', () => {
  expect(names(['../../etc/passwd', 'jpg'], ['a:b?.jpg', 'jpg'], ['...', 'jpg'], ['\u0000.jpg', 'jpg'])).toEqual([
    'passwd.jpg',
    'a_b_.jpg',
    'photo.jpg',
    '_.jpg',
  ])
})
