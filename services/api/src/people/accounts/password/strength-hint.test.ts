import { SHORTEST_PASSWORD } from '@pix/contracts/accounts.ts'
import { passwordStrength } from '@pix/domain/password-strength.ts'
import { dictionary } from '@zxcvbn-ts/language-common'
import { expect, test } from 'vitest'
import { refuseWeakPassword } from './judge-password.ts'

const OWNER = { email: 'mali.suk@example.com', name: 'มะลิ สุขใจ' }

const strengthOf = (password: string, own: readonly string[] = []) => passwordStrength(password, SHORTEST_PASSWORD, own)

const isRefused = (password: string): boolean => {
  try {
    refuseWeakPassword(password, OWNER)
    return false
  } catch {
    return true
  }
}

test('the hint beside a new password calls next to none of the kept common passwords good: ten of forty thousand', () => {
  const common = Object.values(dictionary).flat().map(String)
  expect(common.length).toBeGreaterThan(40_000)
  const called = common.filter(password => strengthOf(password) === 'good')
  expect(called.length).toBeLessThanOrEqual(10)
  expect(called.filter(password => !isRefused(password))).toEqual([])
})

test('nor variants of them, rows of keys, repetitions and the owner’s words, all of which the server refuses', () => {
  const refused = [
    'password12345',
    'P@ssw0rd2026',
    'qwertyuiop12',
    'aaaaaaaaaaaaaaaaaaaa',
    '12345678901234567890',
    'abcdefghijklmnop',
    'มะลิ สุขใจ มะลิ',
    'mali.suk@example.com',
  ]
  expect(refused.filter(password => !isRefused(password))).toEqual([])
  const own = [OWNER.email, OWNER.name]
  expect(refused.filter(password => strengthOf(password, own) === 'good')).toEqual([])
})

test('several words that have nothing to do with each other are good, in Thai, too', () => {
  const good = ['seven purple kettles', 'ม้าน้ำร้องเพลงบนหลังคาบ้าน', 'x7Kq-93bT-Lm2v-Zw8r-Hd4n']
  expect(good.map(password => strengthOf(password))).toEqual(['good', 'good', 'good'])
  expect(good.filter(isRefused)).toEqual([])
})
