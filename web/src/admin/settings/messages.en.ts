import type { Translated } from '../../base/i18n/translated.ts'
import type { settingsTh } from './messages.th.ts'

export const settingsEn: Translated<typeof settingsTh> = {
  title: 'Checks',
  lead: 'Whether letters, photo storage and payments really work',
  checks: 'Check now',
  fromEnvironment:
    'Addresses and keys come from the settings of the programs. After a change start that program again.',
  check: 'Check',
  again: 'Check again',
  checking: 'Checking…',
  said: 'It answered:',
  result: { passed: 'Works', waiting: 'Not known yet', failed: 'Does not work' },
  letter: {
    title: 'Letters',
    text: 'A test letter goes to you, the way of all letters to buyers',
    passed: 'The letter to {to} was handed over. See whether it arrives',
    waiting: 'No program has taken the letter yet. See that the clerk runs; this page goes on looking',
    failed:
      "The mail server did not take the letter. Check the clerk's SMTP_URL and MAIL_FROM, then start the clerk again",
  },
  storage: {
    title: 'Photo storage',
    text: 'A test object is written, read and deleted in both buckets',
    passed: 'Writing, reading and deleting work',
    failed: {
      write: 'An object cannot be written. Check STORAGE_ENDPOINT, the keys and the right to write',
      read: 'What was written cannot be read again. Check the right to read',
      delete: 'An object cannot be deleted. Check the right to delete: selfies must go',
    },
  },
  gateway: {
    title: 'Payments',
    text: 'The gateway is asked about a charge that does not exist. No money is asked for',
    passed: '{names} answers, and takes our key',
    failed: {
      key_refused: '{name} refuses the key. Check its key in the environment, then start the api again',
      away: '{name} does not answer. Check its address in the environment and the network, then try again',
    },
  },
  transfer: {
    title: 'Transfers by hand',
    text: 'The way out when the gateway makes no QR. Buyers see this account, transfer, and send a slip. Our people compare it with the statement, in “Needs a person”',
    failed: 'The account cannot be shown now',
    none: 'No account is set. The shop takes no transfers now',
    bank: 'Bank',
    name: 'Account name',
    nameHint: 'As the bank app of the buyer will show it',
    number: 'Account number',
    promptpay: 'PromptPay (optional)',
    promptpayHint: 'Mobile number or 13 digits of this account: buyers get a QR of it',
    missing: 'Enter at least 2 characters',
    numberWrong: 'An account number has 10 to 15 digits',
    promptpayWrong: 'Enter a mobile number of 10 digits, or 13 digits',
    password: 'Your password',
    passwordMissing: 'Enter your password',
    save: 'Save the account',
    saved: 'The account is saved',
    takeNone: 'Take no transfers',
    everyAdmin: 'When the account changes, every administrator gets an e-mail. Its number is kept encrypted',
  },
  next: 'Next',
  steps: {
    create: 'Create an event as a draft, and look at its prices',
    open: 'Open it for photos, upload some, and approve them',
    sell: 'Put it on sale, and send its link to those who were there',
  },
  createEvent: 'Create the first event',
}
