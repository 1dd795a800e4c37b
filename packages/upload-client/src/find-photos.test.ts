import { posix, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { isPhotoPath, nameIn } from './find-photos.ts'

test('a receipt names files alike on Windows, macOS and Linux', () => {
  expect(nameIn('D:\\DCIM', 'D:\\DCIM\\101CANON\\IMG_0001.JPG', win32)).toBe('101CANON/IMG_0001.JPG')
  expect(nameIn('\\\\nas\\photos\\run', '\\\\nas\\photos\\run\\รูป 1.jpg', win32)).toBe('รูป 1.jpg')
  expect(nameIn('C:\\Users\\Nok\\card\\', 'C:\\Users\\Nok\\card\\a\\b.jpg', win32)).toBe('a/b.jpg')
  expect(nameIn('/Volumes/EOS/DCIM', '/Volumes/EOS/DCIM/101CANON/IMG_0001.JPG', posix)).toBe('101CANON/IMG_0001.JPG')
})

test('of what comes into a watched folder photos are sent, on Windows too', () => {
  expect(isPhotoPath('D:\\tethered', 'D:\\tethered\\IMG_1.JPG', win32)).toBe(true)
  for (const name of ['IMG_1.CR3', 'Thumbs.db', '.hidden.jpg', 'IMG_1.jpg.part'])
    expect(isPhotoPath('D:\\tethered', `D:\\tethered\\${name}`, win32)).toBe(false)
})

test('what was deleted on a card is not sent from its hidden folder; a hidden folder above is nobody’s matter', () => {
  expect(isPhotoPath('/Volumes/EOS', '/Volumes/EOS/.Trashes/501/deleted.jpg', posix)).toBe(false)
  expect(isPhotoPath('/home/nok/.cards/EOS', '/home/nok/.cards/EOS/DCIM/IMG_1.JPG', posix)).toBe(true)
})
