import { expect, test } from 'vitest'
import { refusesAddress } from './refuses-address.ts'

const failure = (command: string, response: string) => ({
  command,
  response,
  responseCode: Number(response.slice(0, 3)),
})

test.each([
  ['RCPT TO', '550 5.1.1 <a@b.test>: Recipient address rejected: User unknown'],
  ['RCPT TO', '550 5.4.1 Recipient address rejected: Access denied'],
  ['RCPT TO', '556 5.1.10 Recipient address has null MX'],
  ['RCPT TO', '553 5.1.3 malformed'],
  ['RCPT TO', '550-5.2.1 The account is disabled'],
  ['RCPT TO', '550 no such user here'],
  ['RCPT TO', '550 5.0.0 unknown'],
  ['DATA', '550 5.1.1 no such user'],
])('an address is given up when the server says so for good: %s %s', (command, response) => {
  expect(refusesAddress(failure(command, response))).toBe(true)
})

test.each([
  ['RCPT TO', '451 4.7.1 Greylisting in action, come back later'],
  ['RCPT TO', '450 4.1.2 Domain not found'],
  ['RCPT TO', '554 5.7.1 Service unavailable; Client host blocked'],
  ['RCPT TO', '550 5.7.1 Relaying denied'],
  ['RCPT TO', '552 5.2.2 Mailbox full'],
  ['RCPT TO', '530 5.7.0 Authentication required'],
  ['RCPT TO', '503 5.5.1 Bad sequence of commands'],
  ['RCPT TO', '503 Bad sequence of commands'],
  ['MAIL FROM', '550 5.1.8 Bad sender'],
  ['MAIL FROM', '550 5.1.1 unknown'],
  ['DATA', '550 this looks like spam'],
  ['DATA', '554 5.6.0 cannot be read'],
  ['AUTH PLAIN', '535 5.7.8 Authentication failed'],
])('an address is kept when the refusal may pass, or speaks of us: %s %s', (command, response) => {
  expect(refusesAddress(failure(command, response))).toBe(false)
})

test('no answer at all says nothing of the address', () => {
  expect(refusesAddress({ code: 'ECONNECTION', command: 'CONN' })).toBe(false)
})
