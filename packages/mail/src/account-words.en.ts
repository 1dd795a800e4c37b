import type { AccountWords } from './words.ts'

const OTHERWISE = 'If the button does nothing, open this address:'
const IGNORE = 'If it was not you, you need do nothing: without this letter nobody gets any further.'
const WHY_DELETED = 'This e-mail was sent automatically, because data of this address was deleted at ThePixStock.'
const WHY_TYPED = 'This e-mail was sent automatically, because somebody typed this address at ThePixStock.'
const WHY_ACCOUNT = 'This e-mail was sent automatically, because this address has an account at ThePixStock.'

const NOT_ME =
  'If it was not you, set a new password now: this page sends a letter for it to this address. All devices are then signed out.'

/** The letters of accounts in English. */
export const accountEn: AccountWords = {
  verify_email: {
    subject: 'Confirm your e-mail address',
    lines: [
      'Somebody, probably you, made an account at ThePixStock with this address.',
      'Open the page and enter the password you chose there. Then the address is confirmed.',
    ],
    action: 'Confirm address',
    hint: 'The link is good for 3 days and works once. If it was not you, you need do nothing.',
    otherwise: OTHERWISE,
    why: WHY_TYPED,
  },
  register_known: {
    subject: 'You have an account already',
    lines: [
      'Somebody, probably you, wanted to make an account at ThePixStock with this address. There is one already.',
      'Sign in with your password. If you have forgotten it, set a new one from the same page.',
    ],
    action: 'Sign in',
    hint: 'If it was not you, you need do nothing: your account is as it was.',
    otherwise: OTHERWISE,
    why: WHY_TYPED,
  },
  no_account: {
    subject: 'No account with this address',
    lines: [
      'Somebody, probably you, wanted to sign in at ThePixStock with this address. There is no account that can be opened by it.',
      'Perhaps you used another address. You may also make an account with this one.',
    ],
    action: 'Make an account',
    hint: 'If it was not you, you need do nothing.',
    otherwise: OTHERWISE,
    why: WHY_TYPED,
  },
  reset_password: {
    subject: 'Set a new password',
    lines: [
      'Somebody, probably you, asked for a new password for your account at ThePixStock.',
      'Set it on this page. All devices are then signed out.',
    ],
    action: 'Set a new password',
    hint: `The link is good for one hour and works once. ${IGNORE}`,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  sign_in_code: {
    subject: 'Your code: {code}',
    lines: ['Enter this code on the page where you want to sign in to ThePixStock.'],
    code: '{code}',
    action: 'Sign in',
    hint: `The code is good for 10 minutes. Tell it to nobody: we never ask for it. ${IGNORE}`,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  account_tried: {
    subject: 'Somebody tried your account',
    lines: [
      'Somebody tried to sign in to your account at ThePixStock several times with wrong passwords. We stopped tries from that network. Your account is safe.',
      'If it was you, or you cannot sign in, open this page: your browser may sign in again.',
    ],
    action: 'Let me in',
    hint: 'The link is good for 24 hours and works once.',
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  password_changed: {
    subject: 'Your password was changed',
    lines: [
      'The password of your account at ThePixStock was just changed. Other devices are signed out.',
      'If that was you, all is well.',
      'The account can also be opened with {providers}. Did you not link that? Unlink it on the page “Two-factor sign-in” of your account.',
    ],
    action: 'It was not me',
    hint: 'If it was not you, set a new password now: this page sends a letter for it to this address.',
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  data_deleted: {
    subject: 'Your data was deleted',
    lines: [
      'We were asked to delete what we keep of this address. That was done just now.',
      'Tax law orders us to keep paid orders. Their photos can be downloaded as before.',
    ],
    action: 'Privacy notice',
    hint: 'If it was not you, somebody else has your password or reads your mail: change the password of your mailbox.',
    otherwise: OTHERWISE,
    why: WHY_DELETED,
  },
  provider_linked: {
    subject: '{provider} opens your account now',
    lines: [
      'Your account at ThePixStock was just linked with an account at {provider}. Signing in there opens it.',
      'If that was you, all is well.',
    ],
    action: 'It was not me',
    hint: `${NOT_ME} Then unlink {provider} on the page “Two-factor sign-in” of your account.`,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  provider_unlinked: {
    subject: '{provider} opens your account no more',
    lines: [
      'The link of your account at ThePixStock with {provider} was just ended. Sign in with your password, or with a code that we send to this address.',
      'If that was you, all is well.',
    ],
    action: 'It was not me',
    hint: NOT_ME,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  second_factor_on: {
    subject: 'Two-factor sign-in is on',
    lines: [
      'Two-factor sign-in was just turned on for your account at ThePixStock. A code of the authenticator app is needed to sign in.',
      'If that was you, all is well. Keep the recovery codes in a safe place.',
    ],
    action: 'It was not me',
    hint: NOT_ME,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  second_factor_off: {
    subject: 'Two-factor sign-in is off',
    lines: [
      'Two-factor sign-in was just turned off for your account at ThePixStock. Its password alone is enough to sign in.',
      'If that was you, all is well.',
    ],
    action: 'It was not me',
    hint: NOT_ME,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  second_factor_lost: {
    subject: 'Somebody asks to turn your two-factor sign-in off',
    lines: [
      'Somebody passed the first step of a sign-in to your account at ThePixStock and says that the authenticator app and the recovery codes are lost.',
      'If that was you, our people will ask who you are. They can turn it off in 72 hours at the earliest.',
      'If it was not you, press the button to keep two-factor sign-in on, and change your password.',
    ],
    action: 'It was not me: keep it on',
    hint: 'Signing in with a code of the app or a recovery code ends this request, too.',
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
  recovery_code_used: {
    subject: 'A recovery code was used',
    lines: [
      'A recovery code of your account at ThePixStock was just used in place of a code of the authenticator app.',
      'Recovery codes left: {left}. You can make new ones on the page of your account.',
    ],
    action: 'It was not me',
    hint: NOT_ME,
    otherwise: OTHERWISE,
    why: WHY_ACCOUNT,
  },
}
