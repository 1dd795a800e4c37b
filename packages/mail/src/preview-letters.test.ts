import { expect, test } from 'vitest'
import { previewLetters } from './preview-letters.ts'

test('every letter can be looked at in both languages, with its subject, its page and its plain text', () => {
  const letters = previewLetters()
  expect(letters.map(({ name }) => name)).toEqual(['order_paid.th', 'order_paid.en'])
  for (const { subject, text, html } of letters) {
    expect(subject).toContain('PX-2026-000123')
    expect(text).toContain('https://shop.example/')
    expect(html).toMatch(/^<!doctype html>/)
  }
})
