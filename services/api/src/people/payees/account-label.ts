import { BANKS, type BankCode } from '@pix/domain/banks.ts'

/** An account as letters name it: its bank and the last four digits. */
export const accountLabel = ({ bank, lastDigits }: { bank: BankCode; lastDigits: string }, locale: string): string =>
  `${BANKS[bank][locale === 'th' ? 'th' : 'en']} ••• ${lastDigits}`
