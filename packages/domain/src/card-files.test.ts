import { expect, test } from 'vitest'
import { isLitter, isRaw, isVideo, photosOfFolder } from './card-files.ts'

test('what a camera or computer leaves beside photos is left out in silence', () => {
  for (const name of [
    '.DS_Store',
    'Thumbs.db',
    'IMG_1.xmp',
    'MVI_2.THM',
    'MVI_2.MP4',
    'IMG_1.AAE',
    'Wedding.lrcat',
    'IMG_1.jpg.part',
    'x.info',
    'thepixstock-night-run.sha256',
  ])
    expect(isLitter(name)).toBe(true)
  for (const name of ['IMG_1.JPG', 'IMG_1.heic', 'รูป 1.png', 'IMG_1.CR3', 'noextension'])
    expect(isLitter(name)).toBe(false)
})

test('a film is distinguished from other litter', () => {
  expect(['MVI_2.MP4', 'C0001.MTS', 'MVI_2.THM', '._MVI_2.MP4', 'IMG_1.JPG'].filter(isVideo)).toEqual([
    'MVI_2.MP4',
    'C0001.MTS',
  ])
})

test('raw files are named as such before anything is sent', () => {
  expect(isRaw('IMG_4502.CR3')).toBe(true)
  expect(isRaw('IMG_4502.JPG')).toBe(false)
})

test('raw files are left out and counted, and those without a photo beside them again', () => {
  const names = ['IMG_1.JPG', 'img_1.CR3', 'IMG_2.NEF', 'IMG_3.jpg', 'IMG_1.AAE', '._IMG_3.CR3']
  const { photos, raw, alone } = photosOfFolder(names.map(name => ({ name })))
  expect(photos.map(({ name }) => name)).toEqual(['IMG_1.JPG', 'IMG_3.jpg'])
  expect({ raw, alone }).toEqual({ raw: 2, alone: 1 })
})
