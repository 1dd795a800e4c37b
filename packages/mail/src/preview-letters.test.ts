import { LETTERS } from '@pix/domain/letters.ts'
import { expect, test } from 'vitest'
import { previewLetters } from './preview-letters.ts'

test('every letter can be looked at in both languages, with its subject, its page and its plain text', () => {
  const letters = previewLetters()
  expect(letters.map(({ name }) => name)).toEqual(Object.keys(LETTERS).flatMap(name => [`${name}.th`, `${name}.en`]))
  for (const { subject, text, html } of letters) {
    expect(subject).not.toBe('')
    expect(text).toContain('https://shop.example/')
    expect(html).toMatch(/^<!doctype html>/)
  }
})
