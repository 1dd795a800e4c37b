export { accountLabel } from './account-label.ts'
export { endBouncedAccount } from './end-account.ts'
export { enterAccount } from './enter-account.ts'
export {
  type AccountRow,
  accountsOf,
  latestAccount,
  openAccount,
  payeeKey,
  type PayeeKey,
  shownAccount,
} from './read-account.ts'
export { agreeWithholding, withholdingOf } from './terms.ts'
