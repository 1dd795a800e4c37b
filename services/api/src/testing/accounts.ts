/** What tests of other features need of accounts: a browser that keeps its cookies, letters, passwords. */
export { browserOf, GOOD_PASSWORD, letters, letterTo, newcomer } from '../people/accounts/accounts-testing.ts'
export { hashPassword } from '../people/accounts/passwords.ts'
export { enrolled, PASSWORD as FACTOR_PASSWORD, person } from '../people/accounts/second-factor/factor-testing.ts'
