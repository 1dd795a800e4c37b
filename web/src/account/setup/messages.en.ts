import type { Translated } from '../../base/i18n/translated.ts'
import type { setupTh } from './messages.th.ts'

export const setupEn: Translated<typeof setupTh> = {
  title: 'First run',
  lead: 'Make the account of the first admin. Then check the installation and create the first event.',
  name: 'Your name',
  nameFault: 'Please enter your name',
  email: 'E-mail',
  emailHint: 'You sign in with it, and the test letter goes there',
  emailFault: 'Please enter a whole address',
  password: 'Password',
  passwordFault: 'A password has at least 10 characters',
  make: 'Make the admin account',
  notMade: 'The account was not made',
  failed: 'The link could not be checked',
  invalidTitle: 'This link no longer works',
  invalidText: 'Start the api again and open the new link that it prints. A link is good for a day and for one use.',
  overTitle: 'The first run is done',
  overText: 'This installation has an admin already. Sign in to go on.',
  signIn: 'Sign in',
}
