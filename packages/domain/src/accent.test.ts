import { assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { ACCENT_INKS, accentFault, contrast, inkOn } from './accent.ts'

const anyColor = integer({ min: 0, max: 0xffffff }).map(value => `#${value.toString(16).padStart(6, '0')}`)

test('the contrast is that of WCAG: 21 between black and white, 4.54 of #767676 on white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  expect(contrast('#d4af37', '#1a1a1a')).toBeCloseTo(8.24, 1)
})

test('the ink on a colour is the one that is read best, whatever the colour', () => {
  expect([inkOn('#d4af37'), inkOn('#3b5bdb')]).toEqual(['#1a1a1a', '#ffffff'])
  assert(
    property(anyColor, color => {
      expect(contrast(color, inkOn(color))).toBe(Math.max(...ACCENT_INKS.map(ink => contrast(color, ink))))
    }),
  )
})

test('a colour is an accent exactly where text on it has a contrast of 4.5', () => {
  assert(
    property(anyColor, color => {
      const readable = contrast(color, '#1a1a1a') >= 4.5 || contrast(color, '#ffffff') >= 4.5
      expect(accentFault(color)).toBe(readable ? null : 'contrast')
    }),
  )
  expect(accentFault('#7a7a7a')).toBe('contrast')
})

test('what is not written as #rrggbb in lower case is refused', () => {
  for (const text of ['', 'red', '#fff', '#FFFFFF', '#ffffff0', 'x#ffffff', '#fffffg', '#ffffff\n'])
    expect(accentFault(text)).toBe('form')
})
