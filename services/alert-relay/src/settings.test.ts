import { expect, test } from 'vitest'
import { Settings } from './settings.ts'

const GOOD = {
  MODE: 'production',
  METRICS_PORT: '9084',
  PORT: '9095',
  LINE_CHANNEL_TOKEN: 'k4Jq8ZbW2mX6vT0pRnLd',
  LINE_TO: 'U0123456789abcdef0123456789abcdef,C0123456789abcdef0123456789abcdef',
}
const faults = (given: object) =>
  Settings.safeParse({ ...GOOD, ...given }).error?.issues.map(({ path }) => String(path[0])) ?? []

test('the relay starts with a token and at least one recipient', () => {
  expect(Settings.parse(GOOD)).toMatchObject({ LINE_API_URL: 'https://api.line.me' })
  expect(Settings.parse(GOOD).LINE_TO).toHaveLength(2)
  expect(faults({ LINE_CHANNEL_TOKEN: '' })).toEqual(['LINE_CHANNEL_TOKEN'])
  expect(faults({ LINE_TO: '' })).toEqual(['LINE_TO'])
  expect(faults({ LINE_TO: 'owner' })).toEqual(['LINE_TO'])
})

test('in production the token goes by TLS alone', () => {
  expect(faults({ LINE_API_URL: 'http://api.line.example' })).toEqual(['LINE_API_URL'])
  expect(faults({ LINE_API_URL: 'http://127.0.0.1:1', MODE: 'development' })).toEqual([])
})
