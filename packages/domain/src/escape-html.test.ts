import { expect, test } from 'vitest'
import { escapeHtml } from './escape-html.ts'

test('text in an attribute cannot leave it', () => {
  expect(escapeHtml(`"><img src=x onerror='alert(1)'>&`)).toBe(
    '&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;',
  )
})

test('what is escaped is shown as it was written, entities too', () => {
  expect(escapeHtml('งานวิ่ง &amp; A+B')).toBe('งานวิ่ง &amp;amp; A+B')
})
