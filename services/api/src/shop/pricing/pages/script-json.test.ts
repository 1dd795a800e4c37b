import { assert, jsonValue, property } from 'fast-check'
import { expect, test } from 'vitest'
import { scriptJson } from './script-json.ts'

test('data in a script never ends the script, and parses to what it was', () => {
  const hostile = '</script><!--<script>alert(1)//\u2028\u2029&amp;'
  expect(scriptJson({ hostile })).not.toMatch(/[<>&\u2028\u2029]/)
  assert(
    property(jsonValue(), value => {
      const text = scriptJson(value)
      expect(text).not.toMatch(/[<>&\u2028\u2029]/)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
